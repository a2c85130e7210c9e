"""The words around an answer of the page Hỏi đáp: how it was read, what to do with it, what people say of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerWords:
    searching_for: str
    completed: str
    restored: str
    also: str
    or_else: str
    copy: str
    copy_note: str
    word: str
    link: str
    link_note: str
    sources: str
    good: str
    judged: str
    thanks: str
    what_is_right: str
    right_answer: str
    right_source: str
    right_quote: str
    no_source: str
    send: str
    related: str
    no_related: str
    duties_of: str
    text_view: str
    page_view: str
    page_gone: str
    whole_document: str
    question_for_word: str


VIETNAMESE = AnswerWords(
    searching_for="Đang tìm",
    completed="hiểu tiếp theo câu trước",
    restored="đã thêm dấu",
    also="tìm cả",
    or_else="Hay là:",
    copy="Sao chép kèm nguồn",
    copy_note="Bấm biểu tượng ở góc phải của khung để sao chép.",
    word="Tải về Word",
    link="Liên kết",
    link_note="Mở liên kết này sẽ thấy lại đúng câu hỏi và điều kiện lọc.",
    sources="Nguồn",
    good="Câu trả lời này có đúng không?",
    judged="Đã ghi nhận đánh giá.",
    thanks="Cảm ơn. Đánh giá đã được ghi lại.",
    what_is_right="Câu trả lời đúng là gì?",
    right_answer="Câu trả lời đúng (nếu biết)",
    right_source="Văn bản có câu trả lời (nếu biết)",
    right_quote="Chép nguyên văn đoạn có câu trả lời (nếu biết)",
    no_source="Chưa rõ",
    send="Gửi đánh giá",
    related="Văn bản và nhiệm vụ liên quan",
    no_related="Không có văn bản nào khác trong kho liên quan đến các văn bản đã trích dẫn.",
    duties_of="Nhiệm vụ theo {number}",
    text_view="Nội dung",
    page_view="Trang gốc",
    page_gone="Tệp gốc không còn hoặc đã thay đổi nên không hiện được trang gốc.",
    whole_document="Xem đầy đủ văn bản",
    question_for_word="Câu hỏi",
)

ENGLISH = AnswerWords(
    searching_for="Searching for",
    completed="following the question before",
    restored="diacritics added",
    also="also",
    or_else="Or rather:",
    copy="Copy with sources",
    copy_note="Press the sign in the corner of the box to copy.",
    word="Download for Word",
    link="Link",
    link_note="This link brings back the question and its filters.",
    sources="Sources",
    good="Is this answer right?",
    judged="Your judgement is recorded.",
    thanks="Thank you. Your judgement is recorded.",
    what_is_right="What would be right?",
    right_answer="The right answer (if known)",
    right_source="The document that says it (if known)",
    right_quote="Its exact words (if known)",
    no_source="Not known",
    send="Send",
    related="Related documents and duties",
    no_related="No other document of the collection is linked to those cited.",
    duties_of="Duties stated in {number}",
    text_view="Text",
    page_view="Original page",
    page_gone="The original is gone or has changed, so its page cannot be shown.",
    whole_document="See the whole document",
    question_for_word="Question",
)
