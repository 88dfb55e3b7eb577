"""The kill matrix of an exercise: implementations against checks, with problems and redundant checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.records.verdict import CheckStatus

RowKind = Literal["stub", "reference", "wheat", "chaff", "mutant"]
Fate = Literal["", "killed", "equivalent", "surviving", "untried"]

NOT_REJECTING: Final = frozenset({"passed", "blocked", "skipped"})


@dataclass(frozen=True)
class Column:
    """A check of the exercise."""

    name: str
    statement: str
    bonus: bool = False


@dataclass(frozen=True)
class Row:
    """An implementation, with the statuses of the checks that were run on it.

    `problem` is how its outcome differs from the required one. A mutant has a `fate`, a `diff` and the
    `operators` that made it, two if it is a pair; `answer` is the wheat that was changed, "" for the
    reference; `reason` is why it is equivalent, or how its process ended.
    """

    kind: RowKind
    name: str
    statuses: Mapping[str, CheckStatus]
    problem: str = ""
    fate: Fate = ""
    diff: tuple[str, ...] = ()
    reason: str = ""
    operators: tuple[str, ...] = ()
    answer: str = ""

    @property
    def is_pair(self) -> bool:
        """Whether this is a mutant with two changes."""
        return len(self.operators) == 2  # noqa: PLR2004 - a pair

    @property
    def rejected_by(self) -> frozenset[str]:
        """The checks that reject the implementation."""
        return frozenset(name for name, status in self.statuses.items() if status not in NOT_REJECTING)


@dataclass(frozen=True)
class Matrix:
    """All implementations of an exercise against all its checks, on the inputs of one seed.

    `faults` are further problems: trivial answers that earn points, stale entries in the list of equivalent
    mutants.
    """

    exercise: str
    section: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    faults: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """All problems; for a surviving mutant, its diff."""
        by_row = [
            (row, "\n".join((f"survives {' and '.join(row.operators)}", *row.diff)))
            if row.fate == "surviving"
            else (row, row.problem)
            for row in self.rows
        ]
        named = [f"{self.exercise}/{row.kind}/{row.name}: {problem}" for row, problem in by_row if problem]
        return (*named, *self.faults)

    @property
    def redundant(self) -> tuple[str, ...]:
        """The checks, apart from bonus checks, that reject only what another one rejects, too."""
        alone = {name for row in self.rows if len(row.rejected_by) == 1 for name in row.rejected_by}
        return tuple(one.name for one in self.columns if not one.bonus and one.name not in alone)
