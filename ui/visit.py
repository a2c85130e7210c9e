"""A visit: who looks at which collection, in which language, and the pages there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import streamlit as st

from indexer.errors import IndexProblem
from search.access import AccessRules, Visitor
from ui.library import Library, Place, hidden_files, open_library
from ui.records import Records, open_records
from ui.wording import Words

if TYPE_CHECKING:
    from streamlit.navigation.page import Page


class Room(StrEnum):
    """The pages, by the name that stands in the address."""

    ASK = "hoi-dap"
    DUTIES = "nhiem-vu"
    DOCUMENTS = "van-ban"
    NETWORK = "mang-luoi"
    UPLOAD = "kho"
    QUALITY = "chat-luong"


@dataclass(frozen=True, slots=True)
class Visit:
    place: Place
    words: Words
    visitor: Visitor
    rules: AccessRules
    pages: Mapping[Room, Page]

    def library(self) -> Library:
        """What this visitor may see of the live generation. Raises what open_engine raises."""
        with st.spinner(self.words.opening):
            return open_library(self.place, self.visitor, self.rules)

    def library_or_none(self) -> Library | None:
        """The same; None where there is no index yet or it has to be built anew."""
        try:
            return self.library()
        except IndexProblem:
            return None

    def hidden_files(self) -> frozenset[str]:
        """Files of the live generation that this visitor may not know of."""
        return hidden_files(self.place, self.visitor, self.rules)

    def records(self) -> Records:
        """The office's records. Raises OfficeProblem where they can't be used."""
        return open_records(self.place.index, self.place.office, questions=self.rules.log_questions)

    def go(self, room: Room, **parameters: str) -> None:
        """To another page, with what its address shall say."""
        st.switch_page(self.pages[room], query_params=parameters)
