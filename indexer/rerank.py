"""A cross-encoder that reads a query and a passage together, by folder or name; only where the user asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.embed import HUB_NAME
from indexer.errors import ModelProblem

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Reranker(Protocol):
    """How well passages answer a query, each read together with it."""

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """0 to 1 for each passage, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class CrossEncoderReranker:
    model: "CrossEncoder"

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        from torch.nn import Sigmoid

        if not passages:
            return np.zeros(0, dtype=np.float32)
        pairs = [(query, passage) for passage in passages]
        found = np.asarray(self.model.predict(pairs, activation_fn=Sigmoid(), show_progress_bar=False))
        if not np.isfinite(found).all():
            raise ModelProblem("The cross-encoder gave a score that is no number. Choose another one.")
        return found.astype(np.float32)


def open_reranker(model: str | Path) -> CrossEncoderReranker:
    """A cross-encoder by folder, or by a name such as "owner/model", which may be fetched; raises ModelProblem."""
    is_folder = Path(model).is_dir()
    if not is_folder and (isinstance(model, Path) or not HUB_NAME.fullmatch(model)):
        raise ModelProblem(
            f'{model}: no such folder. Give the folder of a cross-encoder, or a name such as "owner/model".'
        )
    if is_folder and not (Path(model) / "config.json").is_file():
        raise ModelProblem(
            f"{model}: the folder holds no config.json, so it is no cross-encoder. "
            "Give the folder that CrossEncoder.save_pretrained wrote."
        )
    opened = load_cross_encoder(str(model), local_files_only=is_folder)
    if opened.num_labels != 1:
        raise ModelProblem(f"{model}: gives {opened.num_labels} scores for a pair, expected 1. Choose another model.")
    return CrossEncoderReranker(opened)


def load_cross_encoder(model: str, local_files_only: bool) -> "CrossEncoder":
    try:
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise ModelProblem(
            f"{model}: sentence-transformers can't be imported ({error}). Install it, or leave out the cross-encoder."
        ) from error
    try:
        opened: CrossEncoder = CrossEncoder(model, device="cpu", local_files_only=local_files_only)
    except Exception as error:  # a foreign folder can fail in any layer: OSError, ValueError, KeyError, safetensors
        raise ModelProblem(
            f"{model}: the cross-encoder can't be opened ({type(error).__name__}: {error}). "
            "Check the folder or the name; a name needs the network once, a folder never."
        ) from error
    return opened
