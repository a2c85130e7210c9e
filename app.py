"""The app: settings from the environment, language, navigation. Each page stands in a file of its own in ui/."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from indexer.errors import ProjectError
from ui import ask, documents, duties, network, quality, upload
from ui.frame import choose_language, configure, dress, show_error, show_navigation
from ui.identity import identify, show_visitor, written_rules
from ui.library import Place
from ui.visit import Room, Visit
from ui.wording import WORDS

ROOT = Path(__file__).parent
PLACE = Place(
    index=Path(os.environ.get("INDEX") or ROOT / "index"),
    corpus=Path(os.environ.get("CORPUS") or "corpus"),
    office=os.environ.get("OFFICE"),
    model=os.environ.get("MODEL") or None,
)
ROOMS: dict[Room, Callable[[Visit], None]] = {
    Room.ASK: ask.show_page,
    Room.DUTIES: duties.show_page,
    Room.DOCUMENTS: documents.show_page,
    Room.NETWORK: network.show_page,
    Room.UPLOAD: upload.show_page,
    Room.QUALITY: quality.show_page,
}


def main() -> None:
    configure()
    language = choose_language()
    words = WORDS[language]
    dress(language, words)
    try:
        rules = written_rules()
        pages: dict[Room, st.Page] = {}
        visit = Visit(PLACE, words, identify(words, rules), rules, pages)
        pages |= {room: _page(room, show, visit) for room, show in ROOMS.items()}
        chosen = st.navigation([*pages.values()], position="hidden")
        show_navigation(pages, language, words)
        chosen.run()
        with st.sidebar:
            show_visitor(visit.visitor, words)
    except ProjectError as error:
        show_error(error, PLACE, words)
    except Exception as error:
        # The last line of defence: an official never sees a traceback, and the log keeps it.
        logging.getLogger(__name__).exception("the page failed")
        show_error(error, PLACE, words)


def _page(room: Room, show: Callable[[Visit], None], visit: Visit) -> st.Page:
    return st.Page(
        lambda: show(visit), title=visit.words.pages[room], url_path=room.value, default=room is Room.ASK
    )  # fmt: skip


main()
