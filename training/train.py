"""The training itself: sentence-transformers' StaticEmbedding, trainer and in-batch softmax, over rows of pieces."""

from collections.abc import Sequence
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
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from torch import Tensor, nn
from torch.utils.data import SequentialSampler

from training.pairs import Numbers, Pairs, Rows
from training.settings import Settings
from training.vocabulary import Vocabulary, row_strengths

LOGGED_EVERY_STEPS = 25


def train(vocabulary: Vocabulary, table: Rows, pairs: Pairs, settings: Settings) -> NDArray[np.float32]:
    """The trained rows, shape (training rows, dimension)."""
    from datasets import Dataset  # an extra of its own

    torch.manual_seed(settings.seed)
    strengths = torch.from_numpy(row_strengths(vocabulary, settings.phrase_strength))
    static = StaticEmbedding(vocabulary.tokenizer, embedding_dim=settings.dimension)
    start = torch.randn(vocabulary.rows, settings.dimension) * settings.start_deviation
    static.embedding = CountedBag(start, strengths)
    model = SentenceTransformer(modules=[static], device="cuda" if torch.cuda.is_available() else "cpu")
    loss = MultipleNegativesRankingLoss(
        model,
        scale=settings.scale,
        directions=("query_to_doc", "doc_to_query"),
        partition_mode="per_direction",
        hardness_mode="in_batch_negatives",
        hardness_strength=settings.hardness,
    )
    with TemporaryDirectory() as folder:
        trainer = SentenceTransformerTrainer(
            model=model,
            args=arguments(Path(folder), settings),
            train_dataset=Dataset.from_dict({"pair": list(range(len(pairs.questions)))}),
            loss=loss,
            data_collator=cast(Any, PieceCollator(pairs, table)),
        )
        trainer.train()
    trained: NDArray[np.float32] = (static.embedding.weight.detach().cpu() * strengths).numpy()
    return trained


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
        optim="adamw_torch_fused",
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
    table: Rows
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
        rows, row_starts = self.table.take(pieces)
        begins = row_starts[np.minimum(starts, len(row_starts) - 1)]
        return torch.from_numpy(rows), torch.from_numpy(begins)


class CountedBag(nn.EmbeddingBag):
    """A sum of rows, each times its strength; on the CPU the gradient is one sparse product: 0.1 s, torch takes 0.7 s.

    A row of strength 0.3 also learns at 0.3 of the rate, since Adam's steps don't depend on the gradient's size.
    """

    strengths: Tensor

    def __init__(self, weight: Tensor, strengths: Tensor) -> None:
        super().__init__(weight.shape[0], weight.shape[1], mode="sum", _weight=weight)
        self.register_buffer("strengths", strengths, persistent=False)

    def forward(self, input: Tensor, offsets: Tensor | None = None, per_sample_weights: Tensor | None = None) -> Tensor:
        weight = self.weight * self.strengths
        if input.is_cuda:
            return nn.functional.embedding_bag(input, weight, offsets, mode="sum")
        return cast(Tensor, _CountedSum.apply(weight, input, offsets))  # type: ignore[no-untyped-call]


class _CountedSum(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, weight: Tensor, rows: Tensor, starts: Tensor) -> Tensor:
        ctx.save_for_backward(rows, starts)
        ctx.size = weight.shape[0]
        return nn.functional.embedding_bag(rows, weight, starts, mode="sum")

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        rows, starts = ctx.saved_tensors
        bounds = np.append(starts.numpy(), len(rows))
        counts = scipy.sparse.csr_array(
            (np.ones(len(rows), dtype=np.float32), rows.numpy(), bounds), shape=(len(starts), ctx.size)
        )
        return torch.from_numpy(counts.T.tocsr() @ gradients[0].numpy()), None, None
