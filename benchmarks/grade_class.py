"""Time of `grader grade` per submission after start-up, with one job."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from timing import ROOT, SECTIONS, compare, script, seconds_of

from grader.course.course import load

FEW, MANY = 2, 12


def main() -> None:
    """Print both measurements."""
    measured = [exercise for section, exercise in load(ROOT).exercises() if section.module in SECTIONS]
    quick = [one.name for one in measured if all(check.statistic is None for check in one.checks)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in (FEW, MANY):
            for number in range(count):
                for path in (ROOT / "reference").glob("ch*/*.py"):
                    target = folder / f"class{count}" / f"student{number}" / path.parent.name / path.name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, target)

        def a_submission(*options: str) -> float:
            """Return the seconds per submission: the difference between many and few."""
            taken = {}
            for count in (FEW, MANY):
                shutil.rmtree(folder / "out", ignore_errors=True)
                command = [
                    "grade",
                    str(folder / f"class{count}"),
                    "--out",
                    str(folder / "out"),
                    "--jobs",
                    "1",
                ]
                taken[count] = seconds_of([script("grader"), *command, "--seed", "1", *options], folder)
            return (taken[MANY] - taken[FEW]) / (MANY - FEW)

        compare("a submission, without training", lambda: a_submission("--only", ",".join(quick)), 0.5)
        everything = ",".join(one.name for one in measured)
        compare("a submission, with training", lambda: a_submission("--only", everything), 1.5)


if __name__ == "__main__":
    main()
