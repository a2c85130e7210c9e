"""The app: settings from the environment, language, navigation. Each page stands in a file of its own in ui/."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import streamlit as st

from ui import ask
from ui.frame import choose_language, configure, dress
from ui.library import Place
from ui.wording import WORDS

ROOT = Path(__file__).parent
PLACE = Place(index=Path(os.environ.get("INDEX") or ROOT / "index"), corpus=Path(os.environ.get("CORPUS") or "corpus"))


def main() -> None:
    configure()
    language = choose_language()
    words = WORDS[language]
    dress(language, words)

    def ask_page() -> None:
        ask.show_page(PLACE, words)

    page = st.navigation([st.Page(ask_page, title=words.ask, icon=":material/search:", default=True)])
    try:
        page.run()
    except Exception as error:
        # The last line of defence: an official never sees a traceback, and the log keeps it.
        logging.getLogger(__name__).exception("the page failed")
        ask.show_error(error, PLACE, words)


main()
