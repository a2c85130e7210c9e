"""Several answers as one: their texts below each other, each once, their citations numbered through. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from search.types import Answer, Citation, Fact, Hit, Language, NoAnswer, Query

_MARK = re.compile(r"\[(\d+)\]")
_ABOUT = {Language.VIETNAMESE: "Về câu “{question}”: {message}", Language.ENGLISH: "On “{question}”: {message}"}


def together(query: Query, results: Sequence[Answer | NoAnswer]) -> Answer | NoAnswer:
    """One answer to a question of several parts; what stays unanswered is said. A refusal where all parts are one."""
    answered = [result for result in results if isinstance(result, Answer)]
    if not answered:
        return replace(results[0], query=query)
    citations: list[Citation] = []
    facts: list[Fact] = []
    lines: list[str] = []
    for result in results:
        if isinstance(result, NoAnswer):
            about = result.query.completed or result.query.typed
            lines.append(_ABOUT[query.language].format(question=about.rstrip(" ?"), message=result.message))
            continue
        numbers = _numbered(citations, result.citations)
        lines.append(_renumbered(result.text, numbers))
        facts += [replace(fact, citations=tuple(numbers[n] for n in fact.citations)) for fact in result.facts]
    return Answer(
        query,
        "\n".join(dict.fromkeys(lines)),
        tuple(_each_once(facts)),
        tuple(citations),
        _hits(results),
        lead=answered[0].lead,
        way=answered[0].way,
        confidence=min((answer.confidence for answer in answered if answer.confidence is not None), default=None),
    )


def _each_once(facts: Sequence[Fact]) -> list[Fact]:
    """Two parts may ask for the same duty: who owes it, and by when."""
    return [fact for place, fact in enumerate(facts) if fact not in facts[:place]]


def _renumbered(text: str, numbers: Mapping[int, int]) -> str:
    return _MARK.sub(lambda mark: f"[{numbers[int(mark[1])]}]", text)


def _numbered(citations: list[Citation], added: Sequence[Citation]) -> dict[int, int]:
    """Adds the citations that are not among them yet; the new number of each."""
    places = {(c.document_id, c.start, c.end): c.n for c in citations}
    numbers: dict[int, int] = {}
    for citation in added:
        place = (citation.document_id, citation.start, citation.end)
        if place not in places:
            places[place] = len(citations) + 1
            citations.append(replace(citation, n=places[place]))
        numbers[citation.n] = places[place]
    return numbers


def _hits(results: Sequence[Answer | NoAnswer]) -> tuple[Hit, ...]:
    """The passages of all parts, those of the first part first, each once and ranked anew."""
    shown = [hit for r in results for hit in (r.hits if isinstance(r, Answer) else r.nearest)]
    once = {hit.passage.id: hit for hit in reversed(shown)}
    order = {hit.passage.id: place for place, hit in reversed(list(enumerate(shown)))}
    kept = sorted(once.values(), key=lambda hit: order[hit.passage.id])
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(kept, start=1))
