"""The wiring: an index directory opened for questions. `open_engine` is the only place that joins the parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.analyze import ANALYZER_VERSION, fold, syllables, terms
from indexer.embed import Embedder, open_embedder
from indexer.errors import IndexFormat, ModelMismatch
from indexer.layout import Box, boxes
from indexer.lexical import LexicalIndex
from indexer.numbers import serial
from indexer.rerank import Reranker, open_reranker
from indexer.store import Catalog, Manifest, check_sizes, live_generation, read_manifest
from indexer.successors import other_names
from indexer.types import Document, Form, Relation, Span
from indexer.vectors import VectorIndex
from search.access import VisibleCatalog
from search.answer import answer, asked_of
from search.by_form import asked_spans
from search.by_register import agenda_answer, agenda_of
from search.conversation import completed, turn_of
from search.extract import Asked, Cosines, Sentence, sentences_of
from search.facets import named_share, passes
from search.findings import Material
from search.fuse import Fused
from search.gate import proven
from search.in_force import Successor, noted, successors
from search.lineage import Cited, Lineage, is_local, lineage, lineage_of, not_held, without_own_plan
from search.match import Wanted, WordReader, wanted
from search.nearby import SentenceRows
from search.numbered import NumberReader
from search.original import original
from search.query import one_line, parse
from search.ranker import shipped_ranker
from search.rarity import Rarity
from search.reading import Reading, exchanged_words
from search.register import DutyFilter, Entry, Register
from search.rerank import READ_AGAIN, reranked
from search.restore import Restorer, shipped_counts
from search.retrieve import Judge, accented_share, retrieve
from search.types import Answer, Filters, Hit, IndexSummary, Language, NoAnswer, Query, Retriever, Way
from search.whole import answer_whole
from search.wordings import Wordings

if TYPE_CHECKING:
    from indexer.read.page import PageImage

ALL_RETRIEVERS = frozenset(Retriever)
_ANSWER_HITS = 12
_ALTERNATIVES = 3
_OTHER_NAMES = 4
_NAMED_HITS = 24
_NEAR_HITS = 3
_NAMED_PASSAGES = 60
_BARE_SHARE = 0.5
_CACHED_ROWS = 1 << 14


class Engine:
    """One generation of an index, read-only and safe to share between threads."""

    def __init__(
        self,
        generation: Path,
        manifest: Manifest,
        catalog: Catalog,
        lexical: LexicalIndex,
        vectors: VectorIndex,
        embedder: Embedder,
        reranker: Reranker | None = None,
    ) -> None:
        self._generation, self._manifest = generation, manifest
        self._catalog, self._lexical, self._vectors, self._embedder = catalog, lexical, vectors, embedder
        self._reranker = reranker
        self._owners: NDArray[np.int64] = np.array(catalog.owners(), dtype=np.int64)
        hidden = sorted(catalog.hidden) if isinstance(catalog, VisibleCatalog) else []
        self._visible = ~np.isin(self._owners, hidden) if hidden else None
        self._facets = catalog.facets()
        # Read now: a later build removes the folder that this engine still holds open.
        self._built = datetime.fromtimestamp((generation / "manifest.json").stat().st_mtime, UTC)
        self._rarity = Rarity(lexical)
        self._row_of = lru_cache(maxsize=_CACHED_ROWS)(lambda text: embedder.embed_passages([text])[0])

    def ask(
        self, question: str, filters: Filters | None = None, previous: Answer | NoAnswer | None = None
    ) -> Answer | NoAnswer:
        """A cited answer, or why there is none. Never raises for what a person may type.

        `previous` is what the question before gave; a question that leans on it ("còn năm 2021?") is put in full first.
        """
        started = perf_counter()
        full = completed(turn_of(previous), question) if previous else question
        query, chosen = self._parse(full), filters or Filters()
        whole = chosen == Filters() and agenda_of(full) is not None
        listed = agenda_answer(query, self.register, self.document) if whole else None
        result = listed or proven(answer_whole(query, lambda one: self._answer(one, query, chosen)))
        if full != question:
            query = replace(query, typed=one_line(question), completed=full)
        return replace(result, query=query, seconds=perf_counter() - started)

    def _answer(self, question: str, whole: Query, filters: Filters) -> Answer | NoAnswer:
        """The answer to the question itself, or to one that it is made of."""
        query = whole if question == whole.text else replace(self._parse(question), language=whole.language)
        about = self._wanted(query)
        result = answer(query, about, self._material(query, about, filters), self._cosines(query))
        rule = isinstance(result, Answer) and result.way in (Way.DUTY, Way.SENTENCE)
        return self._with_successors(result, filters) if isinstance(result, Answer) and rule else result

    def _with_successors(self, result: Answer, filters: Filters) -> Answer:
        """The answer with a note where a document that may be shown replaces or amends the one it rests on."""
        old = self.document(result.citations[0].document_id)
        covering = self.document(old.enclosed_in) if old and not old.form.number and old.enclosed_in else old
        if covering is None:
            return result
        near = {hit.document.id for hit in result.hits[:_NEAR_HITS]}
        found = self._successors(covering, filters)
        # An amendment leaves most of a rule as it is: it is only worth a note where it speaks of what is asked.
        told = [s for s in found if s.reference.relation is not Relation.AMENDS or s.document.id in near]
        return noted(result, covering, told)

    def _successors(self, old: Document, filters: Filters) -> tuple[Successor, ...]:
        citing = self._catalog.documents_citing(old.form.number) if old.form.number else ()
        return successors(old, map(self._catalog.document, self._passing(citing, filters)))

    def sentences(self, question: str, hits: Sequence[Hit] | None = None) -> tuple[Asked, list[Sentence]]:
        """What a question is understood as, and the sentences that may answer it, likeliest first: those of `hits`,
        else of the passages found."""
        query = self._parse(question)
        about = self._wanted(query)
        material = self._material(query, about, Filters()) if hits is None else Material(tuple(hits), (), (), ())
        asked = asked_of(query, about, material, self._cosines(query))
        return asked, sentences_of(material.hits, asked, shipped_ranker())

    def idf(self, word: str) -> float:
        """How rare a syllable is in the index; 0 where no passage holds it."""
        return self._lexical.idf("syllables", word)

    def search(
        self, query: str, k: int = 10, filters: Filters | None = None, retrievers: frozenset[Retriever] = ALL_RETRIEVERS
    ) -> tuple[Hit, ...]:
        """The k best passages, best first; those of a document that the query names by number come first."""
        return self._hits(self._parse(query), k, self._allowed(filters or Filters()), retrievers)

    def reading(self, question: str) -> Reading:
        """What is searched for a question: marks put back, abbreviations, and readings that are nearly as likely."""
        query = self._parse(question)
        vietnamese = query.language is Language.VIETNAMESE
        return Reading(
            typed=query.typed,
            searched=query.text,
            restored=exchanged_words(query.typed, query.text) if vietnamese else (),
            also=tuple((each.asked, each.also) for each in self._wordings.exchanges(query.text)),
            alternatives=self._restorer.alternatives(one_line(question))[:_ALTERNATIVES] if vietnamese else (),
        )

    def documents(self) -> tuple[Document, ...]:
        """All documents in index order."""
        return tuple(self._catalog.documents())

    def document(self, document_id: str) -> Document | None:
        return self._catalog.find_document(document_id)

    def boxes(self, document: Document, span: Span) -> tuple[Box, ...]:
        """Where a span stands on the pages of the document's file; () where the format has no pages to show."""
        return boxes(self._catalog.layout(document.id), span)

    def page_image(self, document: Document, page: int) -> PageImage | None:
        """A page of the document's file as it looks; None for other formats, and where the file is gone or changed.

        Raises ReadError where it can't be drawn.
        """
        # pdfium and Pillow are loaded with the first page that is shown.
        from indexer.read.page import render_page

        file = original(document, self._manifest.folders) if self.document(document.id) else None
        return render_page(file, page) if file else None

    def documents_numbered(self, number: str) -> tuple[Document, ...]:
        return tuple(map(self._catalog.document, self._catalog.documents_numbered(number)))

    def documents_citing(self, number: str) -> tuple[Document, ...]:
        return tuple(map(self._catalog.document, self._catalog.documents_citing(number)))

    def duties(self, unit: str | None = None, start: date | None = None, end: date | None = None) -> list[Entry]:
        """The register of duties, those with the nearest day first."""
        return self.register.find(DutyFilter(unit, start=start, end=end))

    @cached_property
    def register(self) -> Register:
        """The register of duties, read from the index once."""
        return Register(self._catalog.documents())

    def lineage(self, number: str) -> Lineage:
        """What the documents of a number rest on, and what rests on them."""
        return lineage(number, self.documents_numbered, self.documents_citing)

    def lineage_of(self, document: Document) -> Lineage:
        """The same of one document, which may bear no number."""
        return lineage_of(document, self.documents_numbered, self.documents_citing)

    def not_held(self) -> tuple[Cited, ...]:
        """What the documents cite and the index lacks."""
        return not_held(self.documents(), self.documents_numbered, self.documents_citing)

    def without_own_plan(self, unit: str | None = None) -> tuple[Cited, ...]:
        """Directives that no document of the unit carries out yet; without a unit, none of a local body."""

        def own(number: str, document: Document | None) -> bool:
            issuer = document.form.issuer if document else None
            return fold(unit) in fold(issuer or "") if unit else is_local(number, document)

        return without_own_plan(self.documents(), self.documents_numbered, self.documents_citing, own)

    def open_to_all(self, folders: Iterable[str]) -> Engine:
        """The same index without documents marked secret or in restricted folders: none is ranked, counted or named."""
        catalog = VisibleCatalog(self._generation / "catalog.sqlite", folders)
        return Engine(
            self._generation,
            self._manifest,
            catalog,
            self._lexical,
            self._vectors,
            self._embedder,
            self._reranker,
        )

    def summary(self) -> IndexSummary:
        hidden = len(self._catalog.hidden) if isinstance(self._catalog, VisibleCatalog) else 0
        return IndexSummary(
            generation=self._generation.name,
            built_at=self._built.isoformat(timespec="seconds"),
            documents=self._manifest.documents - hidden,
            passages=len(self._owners) if self._visible is None else int(self._visible.sum()),
            embedder=self._manifest.embedder,
            failures=self._catalog.failures(),
        )

    def _cosines(self, query: Query) -> Cosines:
        """How near texts stand to a question; the rows of sentences seen before are remembered."""
        [vector] = self._embedder.embed_queries([query.text])
        return lambda texts: [float(row @ vector) for row in map(self._row_of, texts)]

    def _parse(self, question: str) -> Query:
        """What was typed, its document numbers spelled as documents do, and its left-out diacritics put back."""
        query = replace(parse(self._wordings.whole_names(self._numbers.respelled(question))), typed=one_line(question))
        if query.language is not Language.VIETNAMESE:
            return query
        restored = self._restorer.restore(query.text)
        return query if restored == query.text else replace(parse(restored), typed=query.typed)

    @cached_property
    def _numbers(self) -> NumberReader:
        return NumberReader(self._catalog.number_keys(), self._written)

    def _written(self, number: str) -> str | None:
        """A number as its document writes it."""
        held = self._catalog.documents_numbered(number)
        return self._catalog.document(held[0]).form.number if held else None

    @cached_property
    def _restorer(self) -> Restorer:
        return Restorer(shipped_counts(), self._lexical)

    def _hits(
        self, query: Query, k: int, allowed: NDArray[np.bool_] | None, retrievers: frozenset[Retriever]
    ) -> tuple[Hit, ...]:
        if not query.text:
            return ()
        named = self._mask(self._named(query), allowed)
        first = self._of_named(query, k, named, retrievers) if named is not None else []
        seen = {found.position for found in first}
        rest = [found for found in self._best(query, k, allowed, retrievers) if found.position not in seen]
        return tuple(self._hit(rank, found) for rank, found in enumerate((first + rest)[:k], start=1))

    def _best(
        self, query: Query, k: int, allowed: NDArray[np.bool_] | None, retrievers: frozenset[Retriever]
    ) -> list[Fused]:
        if self._reranker is None:
            return self._retrieve(query, k, allowed, retrievers)
        found = self._retrieve(query, max(k, READ_AGAIN), allowed, retrievers)
        return reranked(found, query.text, self._reranker, self._text_of, k)

    def _of_named(
        self, query: Query, k: int, named: NDArray[np.bool_], retrievers: frozenset[Retriever]
    ) -> list[Fused]:
        """The best passages of documents that are named, those that say what is asked of their form first."""
        found = self._retrieve(query, max(k, _NAMED_PASSAGES), named, retrievers)
        return sorted(found, key=lambda one: not self._says_what_is_asked(query, one.position))[:k]

    def _says_what_is_asked(self, query: Query, position: int) -> bool:
        passage, document = self._catalog.passage(position)
        return any(span.overlaps(passage.span) for span in asked_spans(query, document))

    def _retrieve(
        self, query: Query, k: int, allowed: NDArray[np.bool_] | None, retrievers: frozenset[Retriever]
    ) -> list[Fused]:
        lexical = Retriever.LEXICAL in retrievers
        vector = self._embedder.embed_queries([query.text])[0] if Retriever.DENSE in retrievers else None
        asked = terms(query.text) if lexical else {}
        typed = query.typed if query.language is Language.VIETNAMESE else query.text
        accented = accented_share(syllables(typed))
        return retrieve(
            self._lexical,
            self._vectors,
            asked,
            vector,
            k=k,
            allowed=allowed,
            accented=accented,
            preferred=self._preferred(query),
            best_sentence=None if vector is None else self._nearest_sentence(vector),
            other_wordings=[terms(text) for text in self._reworded(query.text)] if lexical else (),
        )

    def _reworded(self, question: str) -> tuple[str, ...]:
        """The question with its abbreviations in full or short, and its bodies and provinces by their other names."""
        return (*self._wordings.others(question), *other_names(question)[:_OTHER_NAMES])

    @cached_property
    def _wordings(self) -> Wordings:
        return Wordings(self._catalog.abbreviations())

    def _nearest_sentence(self, vector: NDArray[np.float32]) -> Judge:
        """How near the nearest sentence of each passage stands to a question."""
        return lambda positions: np.array(
            [(rows @ vector).max() for rows in self._sentence_rows.of(positions.tolist())], dtype=np.float32
        )

    @cached_property
    def _sentence_rows(self) -> SentenceRows:
        return SentenceRows(self._embedder, self._text_of)

    def _text_of(self, position: int) -> str:
        passage, document = self._catalog.passage(position)
        return passage.span.of(document.text)

    def _preferred(self, query: Query) -> Judge | None:
        """How far passages are of a document of the type, year and issuer that the question names."""
        share = named_share(query)
        if share is None:
            return None
        facets, owners = self._facets, self._owners

        def preferred(positions: NDArray[np.int64]) -> NDArray[np.float32]:
            documents, places = np.unique(owners[positions], return_inverse=True)
            return np.array([share(facets[document]) for document in documents], dtype=np.float32)[places]

        return preferred

    def _hit(self, rank: int, found: Fused) -> Hit:
        passage, document = self._catalog.passage(found.position)
        return Hit(rank, document, passage, found.score, found.evidence)

    def _material(self, query: Query, about: Wanted, filters: Filters) -> Material:
        """Everything an answer may rest on: the best passages, and the documents that the question names."""
        allowed = self._allowed(filters)
        named = self._passing(self._named(query), filters)
        unheld = tuple(n for n in query.numbers if not self._catalog.documents_numbered(n))
        cited = tuple(dict.fromkeys(p for n in unheld for p in self._catalog.documents_citing(n)))
        citing = self._passing(cited, filters)
        mask = self._mask(citing, allowed) if citing and not named else None
        hits = self._hits(
            query, _NAMED_HITS if named else _ANSWER_HITS, allowed if mask is None else mask, ALL_RETRIEVERS
        )
        documents = tuple(map(self._catalog.document, named))
        return Material(
            hits=hits,
            named=documents,
            citing=tuple(map(self._catalog.document, citing)),
            unknown=tuple(n for n in unheld if not self._catalog.documents_citing(n)),
            replaced_by=lambda old: frozenset(s.document.id for s in self._successors(old, filters)),
            given=about.words(" ".join(f"{d.form.kind} {d.form.number}" for d in documents if d.form.number)).all,
        )

    def _named(self, query: Query) -> tuple[int, ...]:
        """Positions of the documents held that the question names, by full number first, else by type and serial."""
        full = [p for number in query.numbers for p in self._catalog.documents_numbered(number)]
        short = [p for named in query.short_numbers for p in self._by_serial.get((named.kind, named.serial), ())]
        borne = [*full, *short]
        return tuple(dict.fromkeys(q for p in borne for q in (p, *self._catalog.unnumbered_enclosures(p))))

    @cached_property
    def _by_serial(self) -> Mapping[tuple[str, str], tuple[int, ...]]:
        """Documents by folded type (and "van ban" for any) and serial."""
        found: dict[tuple[str, str], tuple[int, ...]] = {}
        for position, kind, number in self._catalog.numbered():
            for name in {fold(kind or ""), "van ban"}:
                place = (name, serial(number))
                found[place] = (*found.get(place, ()), position)
        return found

    def _allowed(self, filters: Filters) -> NDArray[np.bool_] | None:
        if filters == Filters():
            return self._visible
        passing = [position for position, form in enumerate(self._forms) if passes(form, filters)]
        mask = np.isin(self._owners, passing)
        return mask if self._visible is None else mask & self._visible

    @cached_property
    def _forms(self) -> tuple[Form, ...]:
        """The form of every document: read once, when something is first filtered."""
        return tuple(self._catalog.document(position).form for position in range(self._manifest.documents))

    def _passing(self, documents: Iterable[int], filters: Filters) -> tuple[int, ...]:
        """Those of a few documents that the filters let through; only these are read."""
        return tuple(position for position in documents if passes(self._catalog.document(position).form, filters))

    def _mask(self, documents: Iterable[int], allowed: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
        """The passages of some documents among the allowed ones; None where there are none."""
        chosen = np.fromiter(documents, dtype=np.int64)
        if not len(chosen):
            return None
        mask = np.isin(self._owners, chosen)
        mask = mask if allowed is None else mask & allowed
        return mask if mask.any() else None

    def _wanted(self, query: Query) -> Wanted:
        bare = accented_share(syllables(query.text)) < _BARE_SHARE
        return wanted(query, bare, self._rarity, self._reader)

    @cached_property
    def _reader(self) -> WordReader:
        """Reads words with the abbreviations that the documents define; of several meanings the first one counts."""
        found: dict[str, tuple[str, ...]] = {}
        for short, long in self._catalog.abbreviations():
            if short.isupper() and len(short) > 1:
                found.setdefault(short.lower(), tuple(syllables(long)))
        return WordReader(found)


def open_engine(index: Path, model: str | None = None, reranker: str | None = None) -> Engine:
    """Opens the live generation; raises IndexMissing, IndexFormat, IndexDamaged, ModelMismatch or ModelProblem."""
    generation = live_generation(index)
    manifest = read_manifest(generation)
    check_sizes(generation, manifest)
    rebuild = f"Rebuild it: python -m indexer build corpus --index {index}"
    if manifest.analyzer != ANALYZER_VERSION:
        raise IndexFormat(
            f"{index}: analysed by version {manifest.analyzer}, this program has {ANALYZER_VERSION}. {rebuild}"
        )
    embedder = open_embedder(model)
    if manifest.embedder != embedder.name:
        raise ModelMismatch(
            f"{index}: built with the model {manifest.embedder}, opened with {embedder.name}. {rebuild}"
        )
    engine = Engine(
        generation,
        manifest,
        Catalog(generation / "catalog.sqlite"),
        LexicalIndex.load(generation),
        VectorIndex.load(generation),
        embedder,
        open_reranker(reranker) if reranker else None,
    )
    # The segmenter, the counts and the model load on first use; the first question shall not wait for them.
    engine.ask("văn bản nào")
    return engine
