"""Citations: verbatim by construction, because the quote is sliced from the document's text."""

from __future__ import annotations

from indexer.types import Document, Span
from search.types import Citation


def cite(n: int, document: Document, span: Span) -> Citation:
    """Citation number n of a stretch of a document."""
    return Citation(
        n=n,
        file=document.file,
        document=document.form.number,
        document_id=document.id,
        title=document.title,
        issued_on=document.form.issued_on,
        page=document.page(span.start),
        heading=document.heading(span.start),
        start=span.start,
        end=span.end,
        quote=span.of(document.text),
    )
