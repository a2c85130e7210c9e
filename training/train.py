"""The training itself: sentence-transformers' StaticEmbedding, trainer and in-batch softmax, over rows of pieces."""

import ctypes
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import numpy as np
import scipy.sparse
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, SentenceTransformerTrainingArguments
from sentence_transformers.base.sampler import DefaultBatchSampler
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from torch import Tensor, nn
from torch.optim import Adagrad
from torch.utils.data import SequentialSampler

from training.pairs import Numbers, Pairs, Rows, RowTable, row_table
from training.settings import Settings
from training.vocabulary import Vocabulary, row_strengths

LOGGED_EVERY_STEPS = 25
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""Options of glibc's mallopt."""


def train(vocabulary: Vocabulary, start: NDArray[np.float32], pairs: Pairs, settings: Settings) -> NDArray[np.float32]:
    """The trained rows, each times its strength; `start` and they have shape (training rows, dimension)."""
    from datasets import Dataset  # an extra of its own

    keep_freed_memory()
    torch.manual_seed(settings.seed)
    table = row_table(vocabulary)
    strengths = torch.from_numpy(row_strengths(vocabulary, settings.phrase_strength))
    static = StaticEmbedding(vocabulary.tokenizer, embedding_dim=settings.dimension)
    static.embedding = CountedBag(torch.from_numpy(start), table, strengths)
    model = SentenceTransformer(modules=[static], device="cuda" if torch.cuda.is_available() else "cpu")
    loss = InBatchSoftmax(model, settings.scale, settings.hardness)
    with TemporaryDirectory() as folder:
        trainer = SentenceTransformerTrainer(
            model=model,
            args=arguments(Path(folder), settings),
            train_dataset=Dataset.from_dict({"pair": list(range(len(pairs.questions)))}),
            loss=loss,
            optimizers=cast(Any, (Adagrad(static.embedding.parameters(), settings.learning_rate, fused=True), None)),
            data_collator=cast(Any, PieceCollator(pairs, table.entries())),
        )
        trainer.train()
    trained: NDArray[np.float32] = (static.embedding.weight.detach().cpu() * strengths).numpy()
    return trained


def keep_freed_memory() -> None:
    """Freed arrays stay with the process: to give 100 MB back to the system and take them anew costs 0.2 s a step."""
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)) is not None:
        mallopt(M_MMAP_THRESHOLD, 1 << 30)
        mallopt(M_TRIM_THRESHOLD, (1 << 31) - 1)


def arguments(folder: Path, settings: Settings) -> SentenceTransformerTrainingArguments:
    return SentenceTransformerTrainingArguments(
        output_dir=str(folder),
        max_steps=settings.steps,
        per_device_train_batch_size=settings.batch,
        learning_rate=settings.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=settings.warmup_steps,
        weight_decay=0.0,
        max_grad_norm=0.0,
        batch_sampler=in_order,
        dataloader_pin_memory=False,
        remove_unused_columns=False,
        seed=settings.seed,
        save_strategy="no",
        logging_steps=LOGGED_EVERY_STEPS,
        report_to="none",
        disable_tqdm=True,
    )


def in_order(dataset: Any, batch_size: int, drop_last: bool, **_: Any) -> DefaultBatchSampler:
    """Batches as the pairs were drawn, so that neighbours stay together."""
    return DefaultBatchSampler(SequentialSampler(dataset), batch_size=batch_size, drop_last=True)


@dataclass
class PieceCollator:
    """Looks up pairs by number, so that no text is cut into pieces twice."""

    pairs: Pairs
    entries: Rows
    valid_label_columns: list[str] = field(default_factory=list)

    def __call__(self, rows: Sequence[dict[str, int]]) -> dict[str, Tensor]:
        numbers = np.array([row["pair"] for row in rows], dtype=np.int64)
        asked, asked_starts = self._rows(self.pairs.questions, numbers)
        read, read_starts = self._rows(self.pairs.passages, numbers)
        return {
            "question_input_ids": asked,
            "question_offsets": asked_starts,
            "passage_input_ids": read,
            "passage_offsets": read_starts,
        }

    def _rows(self, texts: Rows, numbers: Numbers) -> tuple[Tensor, Tensor]:
        """The training rows of each text one after the other, and where each text begins."""
        pieces, starts = texts.take(numbers)
        rows, row_starts = self.entries.take(pieces)
        begins = row_starts[np.minimum(starts, len(row_starts) - 1)]
        return torch.from_numpy(rows), torch.from_numpy(begins)


class CountedBag(nn.EmbeddingBag):
    """A sum of rows, each times its strength; on the CPU the gradient is one sparse product: 0.1 s, torch takes 0.7 s.

    A row of strength 0.3 also learns at 0.3 of the rate, since Adam's steps don't depend on the gradient's size.
    """

    rows: Tensor
    counts: Tensor

    def __init__(self, weight: Tensor, table: RowTable, strengths: Tensor) -> None:
        super().__init__(weight.shape[0], weight.shape[1], mode="sum", _weight=weight)
        rows = torch.from_numpy(table.rows.flat.astype(np.int64))
        self.register_buffer("rows", rows, persistent=False)
        self.register_buffer("counts", torch.from_numpy(table.shares) * strengths[rows, 0], persistent=False)

    def forward(self, input: Tensor, offsets: Tensor | None = None, per_sample_weights: Tensor | None = None) -> Tensor:
        rows, counts = self.rows[input], self.counts[input]
        if input.is_cuda:
            return nn.functional.embedding_bag(rows, self.weight, offsets, mode="sum", per_sample_weights=counts)
        return cast(Tensor, _CountedSum.apply(self.weight, rows, offsets, counts))  # type: ignore[no-untyped-call]


class _CountedSum(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, weight: Tensor, rows: Tensor, starts: Tensor, counted: Tensor) -> Tensor:
        ctx.save_for_backward(rows, starts, counted)
        ctx.size = weight.shape[0]
        return nn.functional.embedding_bag(rows, weight, starts, mode="sum", per_sample_weights=counted)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None, None]:
        rows, starts, counted = ctx.saved_tensors
        bounds = np.append(starts.numpy(), len(rows))
        counts = scipy.sparse.csr_array((counted.numpy(), rows.numpy(), bounds), shape=(len(starts), ctx.size))
        return torch.from_numpy(counts.T.tocsr() @ gradients[0].numpy()), None, None, None


class InBatchSoftmax(nn.Module):
    """Softmax of each query over the batch's passages and of each passage over its queries, cosines times `scale`.

    A query's wrong passages weigh exp(hardness * cosine) (Lan et al. 2025). The value and gradient are those of
    sentence-transformers' MultipleNegativesRankingLoss, which takes 0.9 s for a batch of 2,048 where this takes 0.15 s.
    """

    def __init__(self, model: nn.Module, scale: float, hardness: float) -> None:
        super().__init__()
        self.model = model
        self.scale = scale
        self.hardness = hardness

    def forward(self, sentence_features: Iterable[dict[str, Tensor]], labels: Tensor | None = None) -> Tensor:
        queries, passages = (
            nn.functional.normalize(self.model(features)["sentence_embedding"], dim=1) for features in sentence_features
        )
        return cast(Tensor, _Softmax.apply(queries, passages, self.scale, self.hardness))  # type: ignore[no-untyped-call]


class _Softmax(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, queries: Tensor, passages: Tensor, scale: float, hardness: float) -> Tensor:
        cosines = queries @ passages.T
        right = cosines.diagonal() * scale
        by_passage = torch.exp(cosines * scale)
        by_query = torch.exp_(cosines.mul_(scale + hardness))
        by_query.diagonal().copy_(by_passage.diagonal())
        over_passages, over_queries = by_query.sum(dim=1, keepdim=True), by_passage.sum(dim=0, keepdim=True)
        loss = ((over_passages[:, 0].log() + over_queries[0].log()) / 2 - right).mean()
        share = by_query.div_(over_passages).add_(by_passage.div_(over_queries)).mul_(0.5)
        share.diagonal().sub_(1)
        ctx.save_for_backward(queries, passages, share)
        ctx.factor = scale / len(queries)
        return loss

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, None, None]:
        queries, passages, share = ctx.saved_tensors
        factor = gradients[0] * ctx.factor
        return share @ passages * factor, share.T @ queries * factor, None, None
