"""The verbatim gate: figures, dates, numbers and names of an answer stand in what it cites, or it is not given. Pure.

A count of entries is proven by the entries, a day that was worked out by its trace, what the question says by nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.analyze import fold
from indexer.letters import LOWER, UPPER
from search.compose import refusal
from search.types import Answer, NoAnswer, Reason

_LONG_DATE = re.compile(r"(\d{1,2}) tháng (\d{1,2})(?:(?: năm |/)(\d{4}))?")
_DATE = re.compile(r"(?<![\d/])0?(\d{1,2})([/.-])0?(\d{1,2})(?:\2(\d{4}))?(?![\d/])")
_FIGURE = re.compile(r"\d+(?:[.,/]\d+)*%?")
_NAME = re.compile(rf"(?<!\w)[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+)+(?!\w)")
_MARK = re.compile(r"\[\d+\]")
_ENTRY = re.compile(r"(?<!\w)\((\d{1,2})\) ")
_OPEN_PART = re.compile(r"^(?:Về câu|On) “.*”: .*$", re.MULTILINE)


def proven(result: Answer | NoAnswer) -> Answer | NoAnswer:
    """The answer where all of it is proven, else a refusal."""
    if isinstance(result, NoAnswer) or not unproven(result):
        return result
    message = refusal(Reason.NOT_STATED, result.query.language)
    return NoAnswer(result.query, Reason.NOT_STATED, message, result.hits, result.seconds)


def unproven(answer: Answer) -> tuple[str, ...]:
    """What of an answer's text and lead stands in none of its citations."""
    ground = _ground(answer)
    held, said = set(_figures(ground)), _OPEN_PART.sub("", _MARK.sub("", answer.text))
    counts = {str(len(_ENTRY.findall(said)))}
    figures = [figure for figure in _figures(_ENTRY.sub("", said)) if figure not in held | counts]
    words = f" {_words(ground)} "
    names = [name for name in _NAME.findall(answer.lead or "") if f" {_words(name)} " not in words]
    return tuple(dict.fromkeys([*figures, *names]))


def _ground(answer: Answer) -> str:
    """All that an answer may take its figures and names from."""
    cited = (
        " . ".join([citation.quote, citation.document or "", citation.title, *citation.heading])
        for citation in answer.citations
    )
    return " . ".join([*cited, *(fact.trace or "" for fact in answer.facts)])


def _figures(text: str) -> Iterator[str]:
    """Figures as one spelling: days and months by their figures without leading zeros, with the year apart."""
    plain = _LONG_DATE.sub(lambda m: "/".join(filter(None, m.groups())), " ".join(text.replace("*", "").split()))
    for figure in _FIGURE.findall(_DATE.sub(_parts, plain)):
        yield figure.lstrip("0") or "0"


def _parts(match: re.Match[str]) -> str:
    year = f" {match[4]}" if match[4] else ""
    return f"{match[1]}/{match[3]}{year}"


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))
