"""The trained rows as a model folder that model2vec's layout describes and SentenceTransformer opens."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from training.vocabulary import UNKNOWN, Vocabulary

LARGEST = 127
PACKAGE = "sentence_transformers.models"
MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": f"{PACKAGE}.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{PACKAGE}.Normalize"},
]


def folded_rows(vocabulary: Vocabulary, trained: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """One row for every set of pieces that share one, and for every piece the number of its row.

    The unknown piece gets a row of zeros: a text without a known piece has no direction.
    """
    used, row = np.unique(vocabulary.row, return_inverse=True)
    rows = np.zeros((len(used), trained.shape[1]), dtype=np.float32)
    for piece, (parts, shares) in enumerate(zip(vocabulary.parts, vocabulary.shares, strict=True)):
        rows[row[piece]] = np.array(shares, dtype=np.float32) @ trained[list(parts)]
    unknown = vocabulary.tokenizer.token_to_id(UNKNOWN)
    rows[row[unknown]] = 0
    return rows, row.astype(np.int32)


def quantized(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows of 8-bit numbers and the factor of each: the largest number of a row becomes 127."""
    largest = np.abs(rows).max(axis=1)
    factor = np.where(largest > 0, largest / LARGEST, 1).astype(np.float32)
    return np.rint(rows / factor[:, None]).astype(np.int8), factor


def write_model(folder: Path, vocabulary: Vocabulary, trained: NDArray[np.float32]) -> None:
    """Weights in 8 bits, tokenizer and configuration; an existing model is replaced."""
    rows, row = folded_rows(vocabulary, trained)
    numbers, factor = quantized(rows)
    folder.mkdir(parents=True, exist_ok=True)
    save_file({"embeddings": numbers, "weights": factor[row], "mapping": row}, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)
    vocabulary.tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    write_json(folder / "config.json", {"normalize": True, "max_length": None, "embedding_dtype": "int8"})
    write_json(folder / "modules.json", MODULES)
    write_json(
        folder / "config_sentence_transformers.json",
        {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "", "document": ""},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
