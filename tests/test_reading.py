"""How a question was read, and which of its words were found."""

from __future__ import annotations

from search.reading import exchanged_words, found_words


def test_only_the_words_that_changed_are_named_each_once() -> None:
    assert exchanged_words("bao cao Tỉnh ủy, bao cao", "báo cáo Tỉnh ủy, báo cáo") == (("bao", "báo"), ("cao", "cáo"))


def test_a_question_that_was_translated_has_no_restored_words() -> None:
    assert exchanged_words("who reports", "ai báo cáo") == ()


def test_found_words_leave_out_question_words_and_what_is_not_there() -> None:
    assert found_words("ai gửi báo cáo cho Tỉnh ủy", "Gửi kết quả về tinh uy") == ("gửi", "tỉnh", "ủy")
    assert found_words("ai ký", "Không có gì") == ()
