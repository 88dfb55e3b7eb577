"""The report of an audit: tables for the terminal, and an HTML page with every matrix."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from grader.reporting.rendering import pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from grader.audit.kill_matrix import Matrix

DIFF_STYLES: Final = {"-": "red", "+": "green", "@": "cyan"}
EXERCISE_HEADING: Final = "Exercise"
COUNT_HEADINGS: Final = ("Implementations", "Wrong")
MUTANT_HEADINGS: Final = ("Mutants", "Pairs", "Killed", "Equivalent", "Alive")
SIGNS: Final = {"passed": "✓", "blocked": "·", "skipped": "-", "unasked": ""}
"""The sign for a check that does not reject an implementation, by its status."""
FAILED: Final = "✗"
REDUNDANT_HEADING: Final = "Checks that reject only what another one rejects, too"


def counts(matrices: Sequence[Matrix], *, mutants: bool) -> list[int]:
    """Return the numbers of implementations and problems and, with `mutants`, of mutants by fate."""
    all_rows = [row for one in matrices for row in one.rows]
    fates = [row.fate for row in all_rows if row.kind == "mutant"]
    numbers = [len(all_rows) - len(fates), sum(len(one.problems) for one in matrices)]
    if mutants:
        pairs = sum(row.is_pair for row in all_rows)
        numbers += [
            len(fates) - pairs,
            pairs,
            *(fates.count(fate) for fate in ("killed", "equivalent", "surviving")),
        ]
    return numbers


def summary(matrices: Sequence[Matrix], *, mutants: bool) -> RenderableType:
    """Return a table with a row for each exercise and a total, followed by the redundant checks."""
    made = Table(box=box.SIMPLE_HEAD, collapse_padding=True, pad_edge=False, show_edge=False)
    made.add_column(EXERCISE_HEADING, no_wrap=True)
    for heading in (*COUNT_HEADINGS, *(MUTANT_HEADINGS if mutants else ())):
        made.add_column(heading, justify="right", no_wrap=True)
    for one in matrices:
        made.add_row(one.exercise, *map(str, counts([one], mutants=mutants)))
    if len(matrices) > 1:
        made.add_section()
        made.add_row("total", *map(str, counts(matrices, mutants=mutants)))
    redundant = Table.grid(padding=(0, 2))
    for one in matrices:
        if one.redundant:
            redundant.add_row(f"  {one.exercise}", ", ".join(one.redundant))
    return (
        Group(made, Text(f"\n{REDUNDANT_HEADING}:"), redundant, Text())
        if redundant.row_count
        else Group(made, Text())
    )


def table(matrix: Matrix) -> RenderableType:
    """Return a matrix for the terminal, with numbered checks and their names below.

    Killed pairs and killed mutants of wheat are only on the page: they are too many.
    """
    made = Table(box=box.SIMPLE_HEAD, collapse_padding=True)
    made.add_column("Implementation", overflow="fold")
    for number, _check in enumerate(matrix.columns, start=1):
        made.add_column(str(number), justify="center", no_wrap=True)
    for row in matrix.rows:
        if row.fate == "killed" and (row.answer or row.is_pair):
            continue
        signs = [SIGNS.get(row.statuses.get(check.name, "unasked"), FAILED) for check in matrix.columns]
        cells = [Text(sign, "red" if sign == FAILED else "dim") for sign in signs]
        made.add_row(f"{row.kind} {row.name} {row.fate}".strip(), *cells)
    names = [
        Text(f"  {number} {check.name}{', a bonus' * check.bonus}")
        for number, check in enumerate(matrix.columns, start=1)
    ]
    return Group(made, *names)


def coloured(problem: str) -> Text:
    """Return a problem with the lines of its diff in colour."""
    return Text("\n").join(Text(line, DIFF_STYLES.get(line[:1], "")) for line in problem.splitlines())


def page(matrices: Sequence[Matrix], problems: Sequence[str], *, mutants: bool) -> str:
    """Return the audit as a self-contained HTML page."""
    return (
        pages()
        .get_template("audit.html")
        .render(
            matrices=matrices,
            problems=problems,
            signs=SIGNS,
            failed=FAILED,
            headings=(
                EXERCISE_HEADING,
                *COUNT_HEADINGS,
                *(MUTANT_HEADINGS if mutants else ()),
                REDUNDANT_HEADING,
            ),
            counts=partial(counts, mutants=mutants),
        )
    )
