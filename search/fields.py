"""Answers and hits as plain values: what `ask --json` and `find --json` print. Pure."""

from __future__ import annotations

from typing import Any

from search.types import Answer, Citation, Fact, Hit, NoAnswer


def answer_fields(result: Answer | NoAnswer, question_id: str | None = None) -> dict[str, Any]:
    """One JSON object for an answer or a refusal; the keys are the same for both."""
    answered = isinstance(result, Answer)
    return {
        "id": question_id,
        "question": result.query.typed,
        "status": "answered" if answered else "not_found",
        "kind": result.query.kind.value,
        "answer": result.text if isinstance(result, Answer) else None,
        "reason": None if isinstance(result, Answer) else result.message,
        "facts": [_fact(fact) for fact in result.facts] if isinstance(result, Answer) else [],
        "citations": [_citation(citation) for citation in result.citations] if isinstance(result, Answer) else [],
        "hits": [hit_fields(hit) for hit in (result.hits if isinstance(result, Answer) else result.nearest)],
        "seconds": round(result.seconds, 4),
    }


def hit_fields(hit: Hit) -> dict[str, Any]:
    """A passage found, its place and its evidence."""
    return {
        "rank": hit.rank,
        "file": hit.document.file,
        "document": hit.document.form.number,
        "start": hit.passage.span.start,
        "end": hit.passage.span.end,
        "text": hit.text,
        "score": round(hit.score, 4),
        "evidence": {name: round(float(share), 4) for name, share in hit.evidence.items()},
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "who": list(fact.who),
        "what": fact.what,
        "to": list(fact.to),
        "via": fact.via,
        "by_when": fact.by_when,
        "dates": [day.isoformat() for day in fact.dates],
        "recurrence": fact.recurrence,
        "citations": list(fact.citations),
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "n": citation.n,
        "file": citation.file,
        "document": citation.document,
        "title": citation.title,
        "issued_on": citation.issued_on.isoformat() if citation.issued_on else None,
        "page": citation.page,
        "heading": list(citation.heading),
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }
