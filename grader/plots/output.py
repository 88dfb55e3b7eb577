"""The pictures of a run, and the folder they go to: `.gradbook/<exercise>.png`, where pytest has its root.

Drawing takes longer than judging. So pictures are gathered while checks run, and drawn when all else is said
and done; one that is there already, and shows the same, stays as it is.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from grader.checks.plot_specs import Picture

FOLDER: Final = ".gradbook"
IGNORED: Final = "# Made by the checks, again in every run.\n*\n"


class Album:
    """Pictures by the names of exercises, still to be drawn into a folder; and why some can't be."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER
        self.pictures: dict[str, Picture] = {}
        self.faults: list[str] = []

    def put(self, exercise: str, picture: Picture) -> Path:
        """Take up a picture; return where it will be found."""
        self.pictures[exercise] = picture
        return self.folder / f"{exercise}.png"

    def draw(self) -> str:
        """Draw what was put in. Return what went wrong, in words for a student; "" if nothing did."""
        faults = list(dict.fromkeys(self.faults))
        try:
            for exercise, picture in self.pictures.items():
                self._draw(self.folder / f"{exercise}.png", picture)
        except KeyboardInterrupt:
            pass
        except Exception as error:  # noqa: BLE001 - a full disk, a broken Matplotlib: the verdicts stand
            faults.append(f"The pictures in {self.folder} are not all drawn: {type(error).__name__}: {error}")
        self.pictures.clear()
        self.faults.clear()
        return "\n".join(faults)

    def _draw(self, path: Path, picture: Picture) -> None:
        from grader.plots.render import draw, shows

        if shows(path, picture):
            return
        self.folder.mkdir(exist_ok=True)
        with contextlib.suppress(FileExistsError), (self.folder / ".gitignore").open("x") as file:
            file.write(IGNORED)
        # Whoever looks at the picture meanwhile, or ends the run, finds the old one or the new one.
        unfinished = path.with_name(f".{path.stem}-{os.getpid()}.png")
        try:
            draw(picture, unfinished)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
