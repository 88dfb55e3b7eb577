"""Build the figure of an answer after its check was judged."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from grader.checks import bands
from grader.checks.plot_specs import LinePlot
from grader.datasets import training_data
from grader.judging.evaluation import Interrupted, require_return_spec
from grader.records.decode import InvalidValue
from grader.records.verdict import Broken

if TYPE_CHECKING:
    from grader.checks.case import Case
    from grader.checks.plot_specs import Figure, Panel, PlotSpec
    from grader.judging.evaluation import Examination

JUDGED: Final = frozenset({"passed", "failed"})


class PlotError(Exception):
    """The function that a course declares for a plot raised an error. Verdicts don't depend on it."""


def figure_of(examination: Examination) -> Figure | None:
    """Return the figure of an answer; None if its exercise has no plot, or there is no result to show.

    Raises `PlotError`.
    """
    plot = examination.exercise.plot
    if plot is None:
        return None
    check = examination.checks[plot.check]
    question = plot.question or check.question
    if question is None or examination.outcome(check).status not in JUDGED:
        return None
    try:
        case_result = examination.ask(question).cases[0]
        case = examination.exam.cases(question)[0]
        if case_result.observation.raised is not None:
            return None
        require_return_spec(question, case, case_result.observation)
        result = case_result.result
    except (Interrupted, Broken, InvalidValue):
        return None
    try:
        figure = _build(plot, case, result)
    except Exception as error:
        name = examination.exercise.name
        raise PlotError(f"{name} can't be plotted, which is not your fault: {error!r}") from error
    folder = Path(inspect.getfile(plot.make)).parent
    return msgspec.structs.replace(figure, panels=tuple(_with_band(panel, folder) for panel in figure.panels))


def _build(plot: PlotSpec, case: Case, result: Any) -> Figure:  # noqa: ANN401 - as restored
    """Call `plot.make` with the inputs and results that its parameters name."""
    parameters = list(inspect.signature(plot.make).parameters)
    results = [name for name in parameters if name not in case.inputs]
    values = (result,) if len(results) == 1 else result
    arguments = {name: case.inputs[name] for name in parameters if name in case.inputs}
    return plot.make(**arguments, **dict(zip(results, values, strict=True)))


def _with_band(panel: Panel, folder: Path) -> Panel:
    """Return the panel with the name of its band replaced by the band, or None if it is not calibrated."""
    if not isinstance(panel, LinePlot) or not isinstance(panel.band, str):
        return panel
    try:
        found = bands.band(folder, panel.band, training_data.size_in_use())
    except bands.BandMissing:
        found = None
    return msgspec.structs.replace(panel, band=found)
