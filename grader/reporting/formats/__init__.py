"""Reports in the formats of other systems.

`FORMATS` is the list of formats. To add one, write a module in this package with a function `write(results)`
and add a line to `FORMATS`. A module may also have a function `check(request)`, which raises `FormatError`
before a run if its results could not be written.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from grader.reporting.report import Report


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is known of a run before it starts.

    Args:
        metadata: Gradescope's file about the submission, if there is one.
        is_single: whether exactly one submission is graded, whatever the paths contain.

    """

    metadata: Path | None = None
    is_single: bool


@dataclass(frozen=True, kw_only=True)
class Results:
    """The results of a run.

    Args:
        reports: the reports on all submissions.
        paths: what was graded, by the submissions' names.
        out: the folder to write to.
        metadata: Gradescope's file about the submission, if there is one.
        print_line: prints a line.

    """

    reports: Sequence[Report]
    paths: dict[str, Path]
    out: Path
    metadata: Path | None = None
    print_line: Callable[[str], object] = print


class FormatError(ValueError):
    """The results can't be written in a format; the message says why, and what to do."""


@dataclass(frozen=True)
class Format:
    """A format that results can be written in.

    Args:
        name: its name for `--format`.
        help: what is written, for `grader grade --help`.
        module: the module in this package that writes it, imported only when needed.
        uses_metadata: whether it shows what Gradescope's metadata says.

    """

    name: str
    help: str
    module: str
    uses_metadata: bool = False

    def check(self, request: Request) -> None:
        """Raise `FormatError` if the results of this run could not be written."""
        check = getattr(self._load(), "check", None)
        if check is not None:
            check(request)

    def write(self, results: Results) -> None:
        """Write results. Raises `FormatError`, and `OSError` with the name of the file."""
        self._load().write(results)

    def _load(self) -> Any:  # noqa: ANN401 - a module with the functions described above
        return importlib.import_module(f"{__name__}.{self.module}")


FORMATS: Final = {
    one.name: one
    for one in (
        Format("junit", "DIR/junit.xml", "junit"),
        Format("github", "annotations and job summary of GitHub Actions", "github_actions"),
        Format("gradescope", "DIR/results.json", "gradescope", uses_metadata=True),
        Format("prairielearn", "DIR/prairielearn.json", "prairielearn"),
        Format("classroom50", "DIR/result.json and DIR/release-body.md", "classroom50"),
    )
}


def described(formats: Iterable[Format] = FORMATS.values()) -> str:
    """Return names and help of formats, for a command's help."""
    return ", ".join(f"{one.name} ({one.help})" for one in formats)
