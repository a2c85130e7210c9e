"""A question as a whole: one that asks several things, compares, or asks whether, through the questions it is made of.

Pure, given how one question is answered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from search.claims import claim_of, verdict, worded
from search.comparison import Comparison, comparison_of, outcome
from search.parts import parts
from search.together import together
from search.types import Answer, NoAnswer, Query, QuestionKind

AskOne = Callable[[str], Answer | NoAnswer]
"""Answers a question that asks one thing, in the language of the whole one."""
_COMPARING = frozenset({QuestionKind.COMPARE, QuestionKind.YES_NO})


def answer_whole(query: Query, ask_one: AskOne) -> Answer | NoAnswer:
    """The answer to a question of any make."""
    compared = comparison_of(query.text) if query.kind in _COMPARING else None
    if compared and (compared.of_age or query.kind is QuestionKind.COMPARE):
        return _compared(query, compared, ask_one)
    if query.kind is QuestionKind.YES_NO:
        return _settled(query, ask_one)
    asked = parts(query.text)
    return together(query, [ask_one(part) for part in asked]) if len(asked) > 1 else ask_one(query.text)


def _settled(query: Query, ask_one: AskOne) -> Answer | NoAnswer:
    """The sentence that decides a question for yes or no, and what it decides."""
    claim = claim_of(query)
    result = ask_one(claim.question)
    if isinstance(result, NoAnswer):
        return replace(result, query=query)
    found = verdict(claim, result)
    return replace(result, query=query, text=worded(result.text, found, query.language))


def _compared(query: Query, compared: Comparison, ask_one: AskOne) -> Answer | NoAnswer:
    """Both sides with what was found of each, and which one it is where both could be found."""
    results = [ask_one(question) for question in compared.questions]
    both = together(query, results)
    answers = [result for result in results if isinstance(result, Answer)]
    said = outcome(compared, answers, query.language) if len(answers) == len(results) else None
    return replace(both, text=f"{said}\n{both.text}") if said and isinstance(both, Answer) else both
