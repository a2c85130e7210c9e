"""Models small enough to be made in a test, written the way real ones are."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def tiny_embedder(folder: Path, words: Sequence[str], weights: NDArray[np.float32] | None = None) -> Path:
    """A static model of these words in lower case and "[UNK]", which comes first; a direction for each by default."""
    known = ("[UNK]", *words)
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(known)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    if weights is None:
        weights = np.eye(len(known), dtype=np.float32)
        weights[0] = 1e-3
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)])
    model.save_pretrained(str(folder), create_model_card=False)
    return folder


def tiny_cross_encoder(folder: Path, words: Sequence[str], scores: int = 1) -> Path:
    """One layer of random weights; as many scores for a pair as wanted."""
    folder.mkdir(parents=True)
    vocabulary = {word: at for at, word in enumerate([*SPECIAL, *words])}
    BertTokenizer(vocab=vocabulary, do_lower_case=False, strip_accents=False).save_pretrained(folder)
    torch.manual_seed(4)
    configuration = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=128,
        initializer_range=1.0,
    )
    configuration.num_labels = scores
    BertForSequenceClassification(configuration).save_pretrained(folder)
    return folder
