"""Time commands and `import torch` alternately, and print the ratio."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent
SECTIONS = (
    "data_preprocessing",
    "linear_regression_scratch",
    "softmax_regression_scratch",
    "mlp",
)
"""The four sections that are measured by default: 16 exercises, two of which train."""


def seconds_of(command: Sequence[str], folder: Path, status: int = 0) -> float:
    """Run a command, which must exit with `status`, and return the seconds that it took.

    Compiled modules are cached as by default; the first run compiles them.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=kept, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - started
    if done.returncode != status:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return taken


def import_torch() -> float:
    """Return the seconds that a fresh process takes to import torch."""
    return seconds_of([sys.executable, "-c", "import torch"], ROOT)


def compare(
    name: str,
    measure: Callable[[], float],
    goal: float | None = None,
    rounds: int = 5,
    *,
    to: Callable[[], float] = import_torch,
    called: str = "import torch",
) -> None:
    """Print the ratio of a measurement to another one, `to`: the median of `rounds`, after a warm-up."""
    measure()
    ratios, figures = [], []
    for _ in range(rounds):
        base = to()
        figures.append(measure())
        ratios.append(figures[-1] / base)
    middle = statistics.median(ratios)
    verdict = "" if goal is None else f"; goal {goal:g}: {'reached' if middle <= goal else 'MISSED'}"
    print(
        f"{name:<58} {middle:5.2f} x {called} ({min(ratios):.2f} to {max(ratios):.2f}), "
        f"{statistics.median(figures):.2f} s{verdict}",
        flush=True,
    )


def unmodified(folder: Path) -> Path:
    """Copy the course's assignments into `folder`, with unmodified stubs."""
    made = folder / "assignments"
    shutil.copytree(ROOT / "assignments", made, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return made


def solved(folder: Path) -> Path:
    """Copy the course's assignments into `folder`, with the reference's solutions instead of stubs."""
    made = unmodified(folder)
    for path in (ROOT / "reference").glob("ch*/*.py"):
        shutil.copy(path, made / path.parent.name / path.name)
    return made


def script(name: str) -> str:
    """Return the path of a command in this Python's environment."""
    return str(Path(sys.executable).with_name(name)) + (".exe" if os.name == "nt" else "")
