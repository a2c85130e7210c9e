"""Texts to unit vectors: the only home of sentence_transformers in the product.

The embedded model lies in model2vec's layout and is read with tokenizers and numpy alone, so that the program opens
quickly: model2vec itself takes twice as long, half of it for importing huggingface_hub. Any other model, named by the
user, is read by sentence_transformers, which is imported only then.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from indexer.errors import ModelProblem

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

EMBEDDED_MODEL: Final = Path(__file__).parent / "model"

HUB_NAME: Final = re.compile(r"[\w.-]+/[\w.-]+")
DIGEST_LENGTH: Final = 8
TEXTS_AT_ONCE: Final = 1024
UNIT_TOLERANCE: Final = 1e-3
"""Half-precision models leave norms up to 5e-4 away from 1."""


class Embedder(Protocol):
    """Unit vectors of passages and queries, which a model may read with different prompts.

    Rows are float32 of length 1, except that a text without any piece the model knows (an empty one, say) gives a row
    of zeros: its inner product with everything is 0.
    """

    @property
    def name(self) -> str:
        """What the manifest records; another name means that the vectors can't be compared."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of shape (texts, dimension)."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of shape (texts, dimension)."""
        ...


@dataclass(frozen=True, slots=True)
class Prompts:
    """Text put before every query and every passage; None leaves it to the model's own configuration."""

    query: str | None = None
    passage: str | None = None


@dataclass(frozen=True, slots=True)
class StaticModel:
    """A text's vector is the sum of its pieces' vectors; piece i has the vector factors[i] * rows[row_of[i]].

    Shapes: rows (rows, dimension), 8-bit or float; row_of and factors (pieces,).
    """

    tokenizer: Tokenizer
    rows: NDArray[np.int8] | NDArray[np.float32]
    row_of: NDArray[np.int64]
    factors: NDArray[np.float32]

    def __post_init__(self) -> None:
        pieces = self.tokenizer.get_vocab_size()
        if self.rows.ndim != 2 or len(self.row_of) != pieces or len(self.factors) != pieces:
            raise ValueError(
                f"{pieces} pieces, but {len(self.row_of)} row numbers, {len(self.factors)} factors "
                f"and rows of shape {self.rows.shape}"
            )

    @property
    def dimension(self) -> int:
        return int(self.rows.shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows of shape (texts, dimension); zeros for a text without a known piece."""
        sums = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            encodings = self.tokenizer.encode_batch_fast(
                list(texts[start : start + TEXTS_AT_ONCE]), add_special_tokens=False
            )
            for place, encoding in enumerate(encodings, start=start):
                sums[place] = self._summed(encoding.ids)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        sums /= np.where(lengths > 0, lengths, 1)
        return sums

    def _summed(self, pieces: list[int]) -> NDArray[np.float32]:
        return np.asarray(self.factors[pieces] @ self.rows[self.row_of[pieces]].astype(np.float32))


@dataclass(frozen=True, slots=True)
class StaticEmbedder:
    """A static model read without torch; it needs no prompts."""

    name: str
    model: StaticModel

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return checked_rows(self.model.encode(texts), len(texts), self.model.dimension, self.name)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return checked_rows(self.model.encode(texts), len(texts), self.model.dimension, self.name)


@dataclass(frozen=True, slots=True)
class TransformerEmbedder:
    """Any sentence-transformers model."""

    name: str
    model: "SentenceTransformer"
    dimension: int
    prompts: Prompts

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        rows = self.model.encode_document(
            list(texts), prompt=self.prompts.passage, normalize_embeddings=True, show_progress_bar=False
        )
        return checked_rows(rows, len(texts), self.dimension, self.name)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        rows = self.model.encode_query(
            list(texts), prompt=self.prompts.query, normalize_embeddings=True, show_progress_bar=False
        )
        return checked_rows(rows, len(texts), self.dimension, self.name)


def open_embedder(model: str | Path | None = None, prompts: Prompts | None = None) -> Embedder:
    """The embedded model for None; else the sentence-transformers model in that folder, or of that name.

    Only a name that is no folder here ("owner/model") may be fetched from the network, and only when it isn't in the
    local cache. Raises ModelProblem.
    """
    if model is None:
        return open_static(EMBEDDED_MODEL)
    return open_transformer(model, prompts or Prompts())


def open_static(folder: Path) -> StaticEmbedder:
    """A static model in model2vec's layout, read without torch; raises ModelProblem."""
    weights, tokenizer = folder / "model.safetensors", folder / "tokenizer.json"
    if missing := [path.name for path in (weights, tokenizer) if not path.is_file()]:
        raise ModelProblem(
            f"{folder}: {', '.join(missing)} missing from the embedded model. "
            "Restore the folder from the repository, or train it again: python -m training"
        )
    try:
        model = read_static(weights, tokenizer)
    except Exception as error:  # tokenizers and safetensors raise direct subclasses of Exception
        raise ModelProblem(
            f"{folder}: the embedded model can't be read ({type(error).__name__}: {error}). "
            "Restore the folder from the repository, or train it again: python -m training"
        ) from error
    return StaticEmbedder(f"{folder.name}-{folder_digest(folder)}", model)


def read_static(weights: Path, tokenizer: Path) -> StaticModel:
    stored = load_file(weights)
    rows = stored["embeddings"]
    return StaticModel(
        Tokenizer.from_file(str(tokenizer)),
        rows,
        stored.get("mapping", np.arange(len(rows))).astype(np.int64),
        stored.get("weights", np.ones(len(rows))).astype(np.float32),
    )


def open_transformer(model: str | Path, prompts: Prompts) -> TransformerEmbedder:
    """A sentence-transformers model by folder or name; raises ModelProblem."""
    is_folder = Path(model).is_dir()
    if not is_folder and (isinstance(model, Path) or not HUB_NAME.fullmatch(model)):
        raise ModelProblem(
            f"{model}: no such folder. Give the folder of a sentence-transformers model, "
            'or a name such as "owner/model".'
        )
    if is_folder and not (Path(model) / "modules.json").is_file():
        raise ModelProblem(
            f"{model}: the folder holds no modules.json, so it is no sentence-transformers model. "
            "Give the folder that SentenceTransformer.save_pretrained wrote."
        )
    loaded = load_transformer(str(model), local_files_only=is_folder)
    dimension = loaded.get_embedding_dimension()
    if dimension is None:
        raise ModelProblem(f"{model}: the model doesn't say its dimension. Give one that ends in a pooling layer.")
    digest = folder_digest(Path(model)) if is_folder else tensor_digest(loaded)
    name = Path(model).resolve().name if is_folder else str(model)
    return TransformerEmbedder(f"{name}-{digest}{prompt_digest(prompts)}", loaded, dimension, prompts)


def load_transformer(model: str, local_files_only: bool) -> "SentenceTransformer":
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelProblem(
            f"{model}: sentence-transformers can't be imported ({error}). Install it, or use the embedded model."
        ) from error
    try:
        return SentenceTransformer(model, device="cpu", local_files_only=local_files_only)
    except Exception as error:  # a foreign folder can fail in any layer: OSError, ValueError, KeyError, safetensors
        raise ModelProblem(
            f"{model}: the model can't be opened ({type(error).__name__}: {error}). "
            "Check the folder or the name; a name needs the network once, a folder never."
        ) from error


def checked_rows(rows: object, texts: int, dimension: int, name: str) -> NDArray[np.float32]:
    """The rows as they are, once they are float32 of shape (texts, dimension) and each is of length 1 or zero."""
    array = np.asarray(rows)
    if array.shape != (texts, dimension):
        raise ModelProblem(
            f"{name}: vectors have shape {array.shape}, expected {(texts, dimension)}. Choose another model."
        )
    if array.dtype.kind != "f":
        raise ModelProblem(f"{name}: vectors are {array.dtype}, expected float32. Choose another model.")
    unit = array.astype(np.float32, copy=False)
    norms = np.linalg.norm(unit, axis=1)
    wrong = np.flatnonzero(~((np.abs(norms - 1) <= UNIT_TOLERANCE) | (norms == 0)))
    if len(wrong):
        raise ModelProblem(
            f"{name}: vector {wrong[0]} has length {norms[wrong[0]]:.4f}, expected 1. Choose another model."
        )
    return unit


def folder_digest(folder: Path) -> str:
    """Changes with the weights, the tokenizer and the configuration; not with the model card."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".safetensors", ".bin", ".json", ".txt"})
    return short_digest(part for path in files for part in (path.relative_to(folder).as_posix().encode(), _read(path)))


def tensor_digest(model: "SentenceTransformer") -> str:
    """Changes with the weights of a model whose files lie in a cache."""
    import torch

    tensors = sorted(model.state_dict().items())
    return short_digest(tensor.contiguous().view(torch.uint8).numpy().data for _, tensor in tensors)


def prompt_digest(prompts: Prompts) -> str:
    if prompts == Prompts():
        return ""
    return "-" + short_digest([repr(prompts).encode()])


def short_digest(parts: Iterable[bytes | memoryview]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:DIGEST_LENGTH]


def _read(path: Path) -> memoryview:
    return np.memmap(path, mode="r").data if path.stat().st_size else memoryview(b"")
