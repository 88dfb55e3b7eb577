"""Make the picture of an answer, once the check that it belongs to was judged."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from grader.checks import bands
from grader.checks.plot_specs import Plot
from grader.datasets import training_data
from grader.judging.evaluation import Interrupted, fits
from grader.records.decode import ValueFault
from grader.records.verdict import Broken

if TYPE_CHECKING:
    from grader.checks.case import Case
    from grader.checks.plot_specs import Depiction, Panel, Picture
    from grader.judging.evaluation import Examination

SEEN: Final = frozenset({"passed", "failed"})


class PictureFault(Exception):
    """A picture's own declaration stumbled. Verdicts don't depend on it."""


def picture_of(examination: Examination) -> Picture | None:
    """Return the picture of an answer; None where its exercise has none, or where there is nothing to see.

    Raises `PictureFault`.
    """
    depiction = examination.exercise.depiction
    if depiction is None:
        return None
    check = examination.checks[depiction.of]
    question = depiction.question or check.question
    if question is None or examination.outcome(check).status not in SEEN:
        return None
    try:
        sighting = examination.ask(question).each[0]
        case = examination.exam.cases(question)[0]
        if sighting.observation.raised is not None:
            return None
        fits(question, case, sighting.observation)
        result = sighting.result
    except (Interrupted, Broken, ValueFault):
        return None
    try:
        picture = _depicted(depiction, case, result)
    except Exception as error:
        name = examination.exercise.name
        raise PictureFault(f"{name} can't be pictured, which is no fault of yours: {error!r}") from error
    folder = Path(inspect.getfile(depiction.depict)).parent
    return msgspec.structs.replace(picture, panels=tuple(_banded(panel, folder) for panel in picture.panels))


def _depicted(depiction: Depiction, case: Case, result: Any) -> Picture:  # noqa: ANN401 - as restored
    """Call `depict` with the inputs and results that its parameters name."""
    parameters = list(inspect.signature(depiction.depict).parameters)
    results = [name for name in parameters if name not in case.inputs]
    values = (result,) if len(results) == 1 else result
    arguments = {name: case.inputs[name] for name in parameters if name in case.inputs}
    return depiction.depict(**arguments, **dict(zip(results, values, strict=True)))


def _banded(panel: Panel, folder: Path) -> Panel:
    """Return a panel in which a band's name is replaced by the band, if it is calibrated."""
    if not isinstance(panel, Plot) or not isinstance(panel.band, str):
        return panel
    try:
        found = bands.band(folder, panel.band, training_data.chosen())
    except bands.BandMissing:
        found = None
    return msgspec.structs.replace(panel, band=found)
