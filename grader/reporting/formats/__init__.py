"""Reports in the formats of other systems: JUnit's XML, GitHub Actions, Gradescope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from grader.reporting.report import Report

NAMES: Final = ("junit", "github", "gradescope")


@dataclass(frozen=True, kw_only=True)
class Results:
    """What came of a run.

    Args:
        reports: on all submissions.
        paths: what was graded, by the submissions' names.
        out: the folder to write to.
        metadata: what Gradescope says of a submission, as a file.
        foreseeable: whether students may learn the inputs of the exam that is still to come, because its seed
            was chosen.
        say: shows a line.

    """

    reports: Sequence[Report]
    paths: dict[str, Path]
    out: Path
    metadata: Path | None = None
    foreseeable: bool = False
    say: Callable[[str], object] = print


class FormatError(ValueError):
    """The results can't be written in a format; the message says why, and what to do."""


def demand_fit(names: Sequence[str], metadata: Path | None, *, alone: bool) -> None:
    """Raise `FormatError` where a format can't be written, as far as it is known before a run.

    Args:
        names: the formats.
        metadata: what Gradescope says of a submission, as a file.
        alone: whether it is one submission, and can be no more.

    """
    from grader.reporting.formats import gradescope

    if "gradescope" in names:
        if not alone:
            raise FormatError(gradescope.ALONE)
        if metadata is not None:
            gradescope.read(metadata)


def write(name: str, results: Results) -> None:
    """Write results in one of the formats. Raises `FormatError`, and `OSError` that names the file."""
    from grader.reporting.formats import actions, gradescope, junit

    {"junit": junit.write, "github": actions.write, "gradescope": gradescope.write}[name](results)
