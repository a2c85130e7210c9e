"""All documents and how they name each other, as a graph, and the part of it around one document. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.numbers import key
from indexer.types import Document, Relation


@dataclass(frozen=True, slots=True)
class Node:
    """A document that is held or only cited. `id` is the document's, or the key of the number that is cited."""

    id: str
    number: str
    document: Document | None


@dataclass(frozen=True, slots=True)
class Edge:
    """`source` does with `target` what the relation says; both are ids of nodes."""

    source: str
    target: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes by id, in index order and then in the order of citing; each pair has one edge for each relation."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]

    def degree(self, node: str) -> int:
        return sum(node in (edge.source, edge.target) for edge in self.edges)


def network(documents: Iterable[Document]) -> Network:
    """One node a document, one for each number that is cited and borne by none."""
    held = {document.id: Node(document.id, document.form.number or document.file, document) for document in documents}
    borne = {key(node.document.form.number): node.id
             for node in reversed(held.values()) if node.document and node.document.form.number}  # fmt: skip
    nodes, edges = dict(held), dict[Edge, None]()
    for node in held.values():
        for reference in node.document.references if node.document else ():
            target = borne.get(key(reference.number), key(reference.number))
            if target != node.id:
                nodes.setdefault(target, Node(target, reference.number, None))
                edges[Edge(node.id, target, reference.relation)] = None
    return Network(nodes, tuple(edges))


def around(whole: Network, centre: str, steps: int, most: int) -> Network:
    """What lies within some steps of a node, nearest first, `most` nodes at the most."""
    near: dict[str, list[str]] = {}
    for edge in whole.edges:
        near.setdefault(edge.source, []).append(edge.target)
        near.setdefault(edge.target, []).append(edge.source)
    reached, queue = {centre: 0}, deque([centre])
    while queue:
        node = queue.popleft()
        for other in near.get(node, ()):
            if other not in reached and reached[node] < steps:
                reached[other] = reached[node] + 1
                queue.append(other)
    return _only(whole, list(reached)[:most])


def linked(whole: Network) -> Network:
    """Without the documents that name none and are named by none."""
    return _only(whole, [end for edge in whole.edges for end in (edge.source, edge.target)])


def _only(whole: Network, kept: Iterable[str]) -> Network:
    chosen = set(kept)
    nodes = {id_: node for id_, node in whole.nodes.items() if id_ in chosen}
    return Network(nodes, tuple(edge for edge in whole.edges if {edge.source, edge.target} <= chosen))


def most_linked(whole: Network) -> str | None:
    """The held document with the most links; of several the first."""
    held = [node.id for node in whole.nodes.values() if node.document]
    return max(held, key=whole.degree, default=None)
