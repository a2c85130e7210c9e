"""How far the confidence of answers can be trusted: answers in steps of confidence, and the share that is right. Pure.

The curve is that of Niculescu-Mizil & Caruana (ICML 2005), its error that of Guo et al. (ICML 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import altair as alt

from eval.measures import mean

STEPS = 5


@dataclass(frozen=True, slots=True)
class Step:
    """The answers whose confidence lies from `least` to the next step: how many, what they promise, what they hold."""

    least: float
    answers: int
    promised: float
    right: float


def curve(judged: Sequence[tuple[float, bool]]) -> tuple[Step, ...]:
    """STEPS steps of equal width, those without answers left out.

    >>> curve([(0.9, True), (0.95, False), (0.5, True)])[1]
    Step(least=0.8, answers=2, promised=0.925, right=0.5)
    """
    steps = []
    for number in range(STEPS):
        held = [(likely, right) for likely, right in judged if min(int(likely * STEPS), STEPS - 1) == number]
        if held:
            promised, right = (mean(map(float, column)) for column in zip(*held, strict=True))
            steps.append(Step(number / STEPS, len(held), promised, right))
    return tuple(steps)


def calibration_error(steps: Sequence[Step]) -> float:
    """The mean distance of what is promised from what is right, over answers; 0.0 of none."""
    answers = sum(step.answers for step in steps)
    return sum(step.answers * abs(step.promised - step.right) for step in steps) / answers if answers else 0.0


def draw(steps: Sequence[Step], path: Path) -> None:
    """The curve beside the line of a perfect one; the ending of the path says the format: .svg, .png, .html, .json."""
    share = alt.Scale(domain=[0, 1])
    points = alt.Chart(alt.InlineData(values=[asdict(step) for step in steps])).encode(
        x=alt.X("promised:Q", scale=share, title="said to be right"),
        y=alt.Y("right:Q", scale=share, title="is right"),
    )
    ideal = alt.Chart(alt.InlineData(values=[{"at": 0}, {"at": 1}])).mark_line(strokeDash=[4, 4], color="gray")
    chart = (
        ideal.encode(x="at:Q", y="at:Q")
        + points.mark_line()
        + points.mark_circle(opacity=1).encode(size=alt.Size("answers:Q", title="answers"))
    )
    chart.properties(width=320, height=320, title="Reliability of answers").save(path)
