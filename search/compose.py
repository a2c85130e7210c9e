"""Wording: a finding as one direct sentence with its facts, and a refusal as one plain sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.types import Document, Duty
from search.findings import Finding
from search.types import Fact, Language, Reason

_REFUSALS: dict[Language, dict[Reason, str]] = {
    Language.VIETNAMESE: {
        Reason.EMPTY_QUESTION: "Chưa có câu hỏi. Đề nghị nhập nội dung cần tra cứu.",
        Reason.NO_SUBJECT: "Chưa rõ câu hỏi về việc gì. Đề nghị nêu rõ cơ quan, nội dung hoặc số văn bản.",
        Reason.NO_SUCH_DOCUMENT: "Kho văn bản không có văn bản số {numbers}, và không văn bản nào nhắc tới số này.",
        Reason.NO_MATCH: "Không tìm thấy nội dung này trong kho văn bản.",
        Reason.NOT_STATED: "Các văn bản trong kho không nêu thông tin này.",
    },
    Language.ENGLISH: {
        Reason.EMPTY_QUESTION: "There is no question yet. Please type what you are looking for.",
        Reason.NO_SUBJECT: "It is not clear what the question is about. Please name a body or a document number.",
        Reason.NO_SUCH_DOCUMENT: "No document numbered {numbers} is held here, and none of the documents mentions it.",
        Reason.NO_MATCH: "Nothing about this was found in the documents.",
        Reason.NOT_STATED: "The documents held here do not say.",
    },
}


_DUTY_WORDS: dict[Language, dict[str, str]] = {
    Language.VIETNAMESE: {
        "whoever": "Đơn vị thực hiện",
        "sends": "{who} gửi {task} cho {to}{via}",
        "via": " (qua {via})",
    },
    Language.ENGLISH: {
        "whoever": "Whoever carries it out",
        "sends": "{who} must send {task} to {to}{via}",
        "via": " (via {via})",
    },
}


def refusal(reason: Reason, language: Language, numbers: Sequence[str] = ()) -> str:
    """The sentence that says why there is no answer."""
    return _REFUSALS[language][reason].format(numbers=", ".join(numbers))


def answer_text(finding: Finding, language: Language) -> str:
    """One direct sentence, then the document's own words; citations are numbered as in `finding.spans`."""
    source = source_name(finding.document, language)
    if finding.duties:
        quote = one_line(finding.duties[0].spans[0].of(finding.document.text))
        return f"{_duty_sentence(finding.duties[0], language)} {_according(source, language)}: “{quote}”"
    if finding.entries:
        return _list_sentence(finding, source, language)
    quote = one_line(finding.spans[0].of(finding.document.text))
    if not finding.lead or fold_equal(finding.lead, quote):
        more = (
            f" “{one_line(span.of(finding.document.text))}” [{n}]" for n, span in enumerate(finding.spans[1:], start=2)
        )
        return f"{_according(source, language)}: “{quote}” [1]{''.join(more)}"
    lead = finding.lead if language is Language.VIETNAMESE else finding.lead.removeprefix("ngày ")
    return f"{_capital(lead)} [1]. {_according(source, language)}: “{quote}”"


def fact_of(duty: Duty, citations: tuple[int, ...]) -> Fact:
    """A duty as one row of the table."""
    deadline = duty.deadline
    return Fact(
        who=duty.bearers,
        what=duty.product or duty.action,
        to=duty.recipients,
        via=duty.via,
        by_when=deadline.written if deadline else None,
        dates=deadline.dates if deadline else (),
        recurrence=deadline.recurrence if deadline else None,
        citations=citations,
        trace=deadline.trace if deadline else None,
    )


def source_name(document: Document, language: Language) -> str:
    """How a document is called in an answer: its type and number, else its title."""
    kind = (document.form.kind or ("văn bản" if language is Language.VIETNAMESE else "document")).capitalize()
    if document.form.number:
        return f"{kind} {'số ' if language is Language.VIETNAMESE else ''}{document.form.number}"
    return f"“{document.title}”"


def one_line(text: str) -> str:
    """A quote as it reads in a sentence: without list mark, emphasis and line breaks."""
    return re.sub(r"^[-+•]\s+(?:\+\s+)?", "", " ".join(text.replace("*", "").split()))


def fold_equal(first: str, second: str) -> bool:
    return first.casefold().strip(" .;,") == second.casefold().strip(" .;,")


def _according(source: str, language: Language) -> str:
    return f"Theo {source}" if language is Language.VIETNAMESE else f"According to {source}"


def _duty_sentence(duty: Duty, language: Language) -> str:
    """Who sends what to whom, via whom, by when; who does what by when, where nothing is sent."""
    words = _DUTY_WORDS[language]
    who = _capital(", ".join(duty.bearers)) if duty.bearers else words["whoever"]
    task = one_line(duty.product or duty.action)
    if duty.recipients and duty.product:
        via = words["via"].format(via=duty.via) if duty.via else ""
        told = words["sends"].format(who=who, task=task, to=", ".join(duty.recipients), via=via)
    else:
        told = f"{who}: {task}"
    return f"{told}{', ' + one_line(duty.deadline.written) if duty.deadline else ''} [1]."


def _list_sentence(finding: Finding, source: str, language: Language) -> str:
    """All entries, counted and in order; each with its own citation where it has one."""
    each = len(finding.spans) == len(finding.entries)
    listed = "; ".join(
        f"({n}) {one_line(entry).rstrip(' ;,.')}{f' [{n}]' if each else ''}"
        for n, entry in enumerate(finding.entries, start=1)
    )
    vietnamese = language is Language.VIETNAMESE
    count = finding.lead or f"{len(finding.entries)} {'mục' if vietnamese else 'entries'}"
    return f"{_according(source, language)}, {'có ' if vietnamese else ''}{count}: {listed}{'' if each else ' [1]'}."


def _capital(text: str) -> str:
    stripped = one_line(text)
    return stripped[:1].upper() + stripped[1:]
