"""What an audit found of one exercise: implementations against checks, and what follows from that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.records.verdict import CheckStatus

RowKind = Literal["stub", "reference", "wheat", "chaff", "mutant"]
Fate = Literal["", "killed", "equivalent", "surviving"]

HARMLESS: Final = frozenset({"passed", "blocked", "skipped"})


@dataclass(frozen=True)
class Column:
    """A check."""

    name: str
    statement: str
    bonus: bool = False


@dataclass(frozen=True)
class Row:
    """An implementation, and what came of the checks that it was asked.

    `problem` says in what it is judged otherwise than it must be. A mutant has a `fate` and a `diff`, and
    `reason` says why it is equivalent, or how its process ended.
    """

    kind: RowKind
    name: str
    statuses: Mapping[str, CheckStatus]
    problem: str = ""
    fate: Fate = ""
    diff: tuple[str, ...] = ()
    reason: str = ""

    @property
    def fails(self) -> frozenset[str]:
        """The checks that reject the implementation."""
        return frozenset(name for name, status in self.statuses.items() if status not in HARMLESS)


@dataclass(frozen=True)
class Matrix:
    """All implementations of an exercise against all its checks, on one set of inputs.

    `faults` is what else is not as it must be: entries of the list of equivalent mutants that are stale.
    """

    exercise: str
    section: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    faults: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """What is not as it must be; of mutants that survive, the diff."""
        told = [
            (row, "\n".join(("survives", *row.diff)) if row.fate == "surviving" else row.problem)
            for row in self.rows
        ]
        named = [f"{self.exercise}/{row.kind}/{row.name}: {problem}" for row, problem in told if problem]
        return (*named, *self.faults)

    @property
    def idle(self) -> tuple[str, ...]:
        """The checks that reject nothing which another doesn't reject as well, bonus checks left out."""
        alone = {name for row in self.rows if len(row.fails) == 1 for name in row.fails}
        return tuple(one.name for one in self.columns if not one.bonus and one.name not in alone)
