"""Plot a band with the final statistics of correct models and of chaff."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from grader.authoring.calibrate import Derivation

BINS: Final = 30
POINTS: Final = 400
CORRECT, INCORRECT, BAND = "tab:green", "tab:red", "0.9"


def plot(made: Derivation, path: Path) -> None:
    """Write a PNG of both distributions with the band. Chaff far outside the plot is only counted."""
    from matplotlib.figure import Figure  # slow to import, and used only here

    low, high = made.band.low, made.band.high
    margin = 0.35 * (high - low) or abs(low) or 1.0
    ended = [(figure, one.laws) for one in made.chaff for figure in one.figures if figure is not None]
    near = [(figure, laws) for figure, laws in ended if low - margin <= figure <= high + margin]
    figure = Figure(figsize=(7, 3), layout="constrained")
    axes = figure.subplots()
    axes.axvspan(low, high, color=BAND, label=f"band: {low:.4g} to {high:.4g}")
    counts, *_ = axes.hist(made.figures, BINS, color=CORRECT, alpha=0.6, label=f"reference, {made.runs} runs")
    axes.plot(*_curve(made), color=CORRECT, label="fitted distribution")
    tallest = max(map(float, counts))
    markers = {"chaff that laws reject": ("x", True), "chaff that only this check rejects": ("o", False)}
    for label, (marker, rejected) in markers.items():
        places = [place for place, laws in near if bool(laws) is rejected]
        if places:
            axes.plot(places, [0.04 * tallest] * len(places), marker, color=INCORRECT, label=label)
    axes.set_xlim(low - margin, high + margin)
    axes.set_xlabel(f"{made.exercise}, {made.check}; {len(ended) - len(near)} chaff runs outside the plot")
    axes.set_ylabel("runs")
    axes.legend(fontsize="small")
    path.parent.mkdir(exist_ok=True)
    figure.savefig(
        path, dpi=100, metadata={"Software": None}
    )  # else the file depends on the version of matplotlib


def _curve(made: Derivation) -> tuple[list[float], list[float]]:
    """Return the fitted split normal distribution as x and y values, in runs per bin."""
    width = (made.greatest - made.least) / BINS
    places = [
        made.band.low + (made.band.high - made.band.low) * step / (POINTS - 1) for step in range(POINTS)
    ]
    heights = []
    for place in places:
        deviation = made.deviation_below if place < made.median else made.deviation_above
        density = statistics.NormalDist(made.median, deviation).pdf(place) if deviation else 0.0
        heights.append(density * width * made.runs)
    return places, heights
