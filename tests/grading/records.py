"""Records of a finished submission, made up."""

from __future__ import annotations

from grader.report import Report, Settings, Terms, Versions, graded
from grader.verdict import ExerciseResult, ExerciseStatus, Verdict

TERMS = Terms(
    device="cpu",
    seed=7,
    versions=Versions("0.1.0", "2.13.0", "3.11.7", "sha256:00"),
    settings=Settings((), "best", "subset", "full"),
)


def result(
    name: str, points: float, status: ExerciseStatus = "partial", module: str = "mlp"
) -> ExerciseResult:
    """What was found of an exercise of four points, with a check."""
    check = Verdict("is_defined", "It is defined.", "passed", points, 4.0, bonus=False)
    return ExerciseResult(name, "5.1", module, status, points, 4.0, 0.0, (check,))


def report(name: str, *results: ExerciseResult, content: str = "sha256:11") -> Report:
    """A report on a graded submission."""
    return graded(name, TERMS, results, content=content, layers=("limits",), seconds=0.5)
