"""The arrows between the rooms, one home for each heavy library, and nothing that needs the network.

Held by reading import statements (ast), those inside functions too, so that nothing has to be imported to be checked.
"""

import ast
import socket
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# What the search may know of the indexer: values and readers of the index, never how documents are read or understood.
SEARCH_KNOWS = tuple(
    f"indexer.{module}"
    for module in (
        "types", "errors", "fields", "analyze", "embed", "rerank", "lexical", "vectors", "store", "letters", "lexicon",
        "numbers",
        "layout", "read.page", "cited", "successors",
        "understand.sentences", "understand.dates", "understand.bodies",
    )
)  # fmt: skip

# The modules of ours that each room may import.
ARROWS: dict[str, tuple[str, ...]] = {
    "app": ("ui", "search", "office", "indexer.types", "indexer.errors", "indexer.build"),
    "ui": ("ui", "search", "office", "indexer.types", "indexer.errors", "indexer.build"),
    "search": ("search", "office", *SEARCH_KNOWS),
    "office": ("office", "indexer.types", "indexer.errors"),
    "indexer": ("indexer",),
    "eval": ("eval", "search", "indexer"),
    "training": ("training", "indexer"),
}

# The files and folders that may import each library; tests may import any.
HOMES: dict[str, tuple[str, ...]] = {
    "faiss": ("indexer/vectors.py",),
    "pyvi": ("indexer/analyze.py",),
    "rank_bm25": ("indexer/lexical.py", "eval/bench.py", "eval/growth.py"),
    "sentence_transformers": ("indexer/embed.py", "indexer/rerank.py", "training/", "eval/bench.py"),
    "model2vec": ("indexer/embed.py", "training/", "eval/bench.py"),
    "torch": ("indexer/embed.py", "indexer/rerank.py", "training/"),
    "sqlite3": ("indexer/store.py", "office/"),
    "docx": ("search/reminder.py", "search/answer_file.py", "indexer/read/"),
    "icalendar": ("search/calendar_file.py",),
    "streamlit": ("app.py", "ui/"),
    "ir_measures": ("eval/",),
    "pypdfium2": ("indexer/read/", "eval/"),
    "PIL": ("indexer/read/", "eval/"),
    "reportlab": ("eval/pages.py",),
    "lxml": ("indexer/read/", "eval/"),
    "olefile": ("indexer/read/",),
    "striprtf": ("indexer/read/",),
}


def imports(source: str, module: str) -> Iterator[str]:
    """Every name imported, in full: `from indexer import build` gives indexer.build. `module` is the importing one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module.split(".")[: -node.level] if node.level else []
            yield from (".".join([*package, *filter(None, [node.module]), alias.name]) for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield from (
                part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )


def violations(file: str, source: str) -> list[str]:
    """What a file of the product (path from the root) imports against the rules."""
    module = file.removesuffix(".py").replace("/", ".")
    room = module.split(".")[0]
    found = []
    for name in imports(source, module):
        top = name.split(".")[0]
        if top in (*ARROWS, "tests") and not any(
            name == known or name.startswith(f"{known}.") for known in ARROWS[room]
        ):
            found.append(f"{file} imports {name}; {room} may import {', '.join(ARROWS[room])}")
        if top in HOMES and not file.startswith(HOMES[top]):
            found.append(f"{file} imports {name}; its home is {', '.join(HOMES[top])}")
    return found


def product_files() -> list[str]:
    """Every Python file that is neither a test nor made by a tool."""
    folders = [folder for folder in ROOT.iterdir() if (folder / "__init__.py").is_file() and folder.name != "tests"]
    paths = [*ROOT.glob("*.py"), *(path for folder in folders for path in folder.rglob("*.py"))]
    return sorted(path.relative_to(ROOT).as_posix() for path in paths)


@pytest.mark.parametrize("file", product_files())
def test_imports_follow_the_arrows_and_heavy_libraries_stay_home(file: str) -> None:
    assert violations(file, (ROOT / file).read_text(encoding="utf-8")) == []


def test_every_room_has_its_arrows() -> None:
    assert {Path(file).parts[0].removesuffix(".py") for file in product_files()} == set(ARROWS)


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("search/answer.py", "from indexer.understand.form import read_form"),
        ("search/answer.py", "from indexer import build"),
        ("search/answer.py", "import indexer"),
        ("search/answer.py", "def late():\n    from indexer.read import read_file"),
        ("search/answer.py", "from eval.measures import mean"),
        ("search/answer.py", "import importlib\nimportlib.import_module('indexer.build')"),
        ("search/answer.py", "from indexer.storehouse import rows"),
        ("indexer/build.py", "from search.types import Hit"),
        ("indexer/build.py", "import training.train"),
        ("indexer/understand/form.py", "from ...search import types"),
        ("training/train.py", "from search.engine import open_engine"),
        ("ui/ask.py", "from indexer.store import open_store"),
        ("ui/ask.py", "from eval.run import measure"),
        ("ui/ask.py", "from tests.conftest import shared"),
        ("app.py", "import training"),
        ("office/status.py", "from indexer.store import open_store"),
        ("office/status.py", "from search.types import Hit"),
        ("indexer/build.py", "from office.database import Database"),
        ("search/retrieve.py", "import faiss"),
        ("indexer/store.py", "def fast():\n    import faiss.contrib"),
        ("indexer/build.py", "from sqlite3 import connect"),
        ("indexer/build.py", "from sentence_transformers import SentenceTransformer"),
        ("search/engine.py", "import streamlit as st"),
        ("indexer/lexicon.py", "__import__('pyvi')"),
        ("eval/run.py", "from rank_bm25 import BM25Okapi"),
    ],
)
def test_a_planted_violation_is_rejected(file: str, source: str) -> None:
    assert len(violations(file, source)) == 1


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("search/answer.py", "from indexer.types import Span\nimport indexer.store\nfrom search import types"),
        ("search/answer.py", "from indexer import types, errors\nfrom . import types\nfrom .types import Hit"),
        ("indexer/understand/form.py", "from ..types import Span\nfrom indexer.read import read_file"),
        ("eval/run.py", "from indexer.build import build\nfrom search.engine import open_engine\nimport ir_measures"),
        ("ui/upload.py", "from indexer.build import build\nimport streamlit"),
        ("indexer/vectors.py", "import faiss\nimport numpy"),
        ("eval/bench.py", "from rank_bm25 import BM25Okapi"),
    ],
)
def test_an_import_along_the_arrows_passes(file: str, source: str) -> None:
    assert violations(file, source) == []


def test_the_project_file_lists_every_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {Path(file).parent.as_posix().replace("/", ".") for file in product_files() if "/" in file}
    assert set(project["tool"]["setuptools"]["packages"]) == packages


def test_constraints_pin_what_the_project_file_pins() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().replace("_", "-").splitlines()
    assert [pin for pin in pinned if pin.lower().replace("_", "-") not in lines] == []


def test_a_test_can_not_reach_the_network() -> None:
    with socket.socket() as connection, pytest.raises(RuntimeError, match=r"192\.0\.2\.1"):
        connection.connect(("192.0.2.1", 80))
    with pytest.raises(RuntimeError, match=r"example\.invalid"):
        socket.create_connection(("example.invalid", 80))


def test_a_test_can_reach_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as connection:
        assert connection.getpeername() == server.getsockname()
