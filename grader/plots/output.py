"""The plots of a run, in `.gradbook/<exercise>.png` below pytest's root folder.

Drawing takes longer than judging, so figures are collected while checks run and drawn at the end of the run.
A file that shows the same already is left as it is.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from grader.checks.plot_specs import Figure

FOLDER: Final = ".gradbook"
IGNORED: Final = "# Made by the checks, again in every run.\n*\n"


class PlotFolder:
    """The figures that are still to be drawn, by exercise, and the errors of those that can't be."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER
        self.figures: dict[str, Figure] = {}
        self.faults: list[str] = []

    def add(self, exercise: str, figure: Figure) -> Path:
        """Add a figure; return the path of its file."""
        self.figures[exercise] = figure
        return self.folder / f"{exercise}.png"

    def draw(self) -> str:
        """Draw all figures. Return what went wrong, in words for a student; "" if nothing did."""
        faults = list(dict.fromkeys(self.faults))
        try:
            for exercise, figure in self.figures.items():
                self._draw(self.folder / f"{exercise}.png", figure)
        except KeyboardInterrupt:
            pass
        except Exception as error:  # noqa: BLE001 - a full disk, a broken Matplotlib: the verdicts stay
            faults.append(f"Not all plots in {self.folder} were drawn: {type(error).__name__}: {error}")
        self.figures.clear()
        self.faults.clear()
        return "\n".join(faults)

    def _draw(self, path: Path, figure: Figure) -> None:
        from grader.plots.render import draw, shows

        if shows(path, figure):
            return
        self.folder.mkdir(exist_ok=True)
        with contextlib.suppress(FileExistsError), (self.folder / ".gitignore").open("x") as file:
            file.write(IGNORED)
        # Replaced atomically: a viewer, or an interrupted run, has the old file or the new one.
        unfinished = path.with_name(f".{path.stem}-{os.getpid()}.png")
        try:
            draw(figure, unfinished)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
