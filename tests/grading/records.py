"""Records of a finished submission, made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.report import Report, Settings, Terms, Versions, graded
from grader.verdict import ExerciseResult, ExerciseStatus, Misconception, Verdict, summarize

if TYPE_CHECKING:
    from grader.verdict import CheckStatus

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


COLUMNS = Misconception("columns", "You sum columns.\n\nA row is one example (4.4).\n    X.sum(1)")


def check(name: str, status: CheckStatus, points: float = 1.0, **more: object) -> Verdict:
    got = points if status == "passed" else 0.0
    return Verdict(name, f"The law of {name}.", status, got, points, bonus=False, **more)  # type: ignore[arg-type]


def wrong_softmax(**more: object) -> ExerciseResult:
    """An exercise of which one check fails, one waits, and a bonus is open."""
    checks = (
        check("is_defined", "passed", 0.0),
        check(
            "right_values", "failed", 4.0,
            counterexample="softmax(torch.tensor([[0., 0.]]))",
            got="torch.tensor([[1., 1.]])", expected="torch.tensor([[0.5, 1.]])",
            message="off by 0.5", hint="Which axis?", further_hints=("Rows.",),
        ),
        check("right_gradient", "blocked", message="waits for right_values"),
        replace(check("survives", "failed"), bonus=True),
    )  # fmt: skip
    return replace(summarize("softmax", "4.4", "scratch", checks), **more)
