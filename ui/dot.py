"""A network as a picture in Graphviz's language; the browser draws it with the toolkit's own copy. Pure."""

from __future__ import annotations

from search.network import Edge, Network, Node
from ui.pieces import written_date
from ui.sheet import short_name
from ui.wording import Words

# Readable on light and on dark: every node brings its own ground.
HELD, CITED, CENTRE = "#f6f3ee", "#ffffff", "#9b1b1e"
INK, PALE = "#1f2328", "#8a8f96"


def dot(shown: Network, centre: str, words: Words) -> str:
    """Newer documents on the left point to those that they name on the right."""
    nodes = "\n".join(_node(node, centre, words) for node in shown.nodes.values())
    edges = "\n".join(_edge(edge, words) for edge in shown.edges)
    return (
        'digraph { rankdir=LR; bgcolor="transparent"; nodesep=0.2; ranksep=0.4;\n'
        f'node [shape=box, style="filled,rounded", fontname="Arial", fontsize=11, color="{PALE}"];\n'
        f'edge [fontname="Arial", fontsize=10, color="{PALE}", fontcolor="{PALE}", arrowsize=0.7];\n'
        f"{nodes}\n{edges}\n}}"
    )


def _node(node: Node, centre: str, words: Words) -> str:
    document = node.document
    if document is None:
        dashed = f'style="filled,rounded,dashed", fillcolor="{CITED}", fontcolor="{INK}"'
        return f"{_quoted(node.id)} [label={_quoted(node.number)}, {dashed}];"
    lines = [short_name(document, words).replace("\u00a0", " ")]
    if document.form.issued_on:
        lines.append(written_date(document.form.issued_on))
    fill, ink = (CENTRE, "#ffffff") if node.id == centre else (HELD, INK)
    label = _quoted("\n".join(lines))
    link = f'URL="van-ban?id={document.id}", tooltip={_quoted(document.title)}'
    return f'{_quoted(node.id)} [label={label}, fillcolor="{fill}", fontcolor="{ink}", {link}];'


def _edge(edge: Edge, words: Words) -> str:
    label = _quoted(words.shelf.relations[edge.relation].lower())
    return f"{_quoted(edge.source)} -> {_quoted(edge.target)} [label={label}];"


def _quoted(text: str) -> str:
    """A string of the language: quotes and backslashes are data, a line break is a break."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
