"""Shows what an audit found: a table for the terminal, and a page for a browser with every matrix."""

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

STYLES: Final = {"-": "red", "+": "green", "@": "cyan"}
FIRST: Final = "Exercise"
FIGURES: Final = ("Specimens", "Wrong")
OF_MUTANTS: Final = ("Mutants", "Killed", "Equivalent", "Alive")
SIGNS: Final = {"passed": "✓", "blocked": "·", "skipped": "-", "unasked": ""}
"""What is shown of a check that does not reject an implementation."""
FAILED: Final = "✗"
LAST: Final = "Checks that reject only what another one rejects, too"


def figures(matrices: Sequence[Matrix], *, mutants: bool) -> list[int]:
    """Return how many specimens some exercises have, how many are wrong and, with `mutants`, their fates."""
    all_rows = [row for one in matrices for row in one.rows]
    fates = [row.fate for row in all_rows if row.kind == "mutant"]
    counts = [len(all_rows) - len(fates), sum(len(one.problems) for one in matrices)]
    if mutants:
        counts += [len(fates), *(fates.count(fate) for fate in ("killed", "equivalent", "surviving"))]
    return counts


def summary(matrices: Sequence[Matrix], *, mutants: bool) -> RenderableType:
    """Return a table with a row for each exercise and one for all of them, and the checks that are idle."""
    made = Table(box=box.SIMPLE_HEAD, collapse_padding=True, pad_edge=False, show_edge=False)
    made.add_column(FIRST, no_wrap=True)
    for heading in (*FIGURES, *(OF_MUTANTS if mutants else ())):
        made.add_column(heading, justify="right", no_wrap=True)
    for one in matrices:
        made.add_row(one.exercise, *map(str, figures([one], mutants=mutants)))
    if len(matrices) > 1:
        made.add_section()
        made.add_row("together", *map(str, figures(matrices, mutants=mutants)))
    idle = Table.grid(padding=(0, 2))
    for one in matrices:
        if one.idle:
            idle.add_row(f"  {one.exercise}", ", ".join(one.idle))
    return Group(made, Text(f"\n{LAST}:"), idle, Text()) if idle.row_count else Group(made, Text())


def table(matrix: Matrix) -> RenderableType:
    """Return a matrix for the terminal: its checks are numbered, and named below."""
    made = Table(box=box.SIMPLE_HEAD, collapse_padding=True)
    made.add_column("Implementation", overflow="fold")
    for number, _check in enumerate(matrix.columns, start=1):
        made.add_column(str(number), justify="center", no_wrap=True)
    for row in matrix.rows:
        signs = [SIGNS.get(row.statuses.get(check.name, "unasked"), FAILED) for check in matrix.columns]
        cells = [Text(sign, "red" if sign == FAILED else "dim") for sign in signs]
        made.add_row(f"{row.kind} {row.name} {row.fate}".strip(), *cells)
    names = [
        Text(f"  {number} {check.name}{', a bonus' * check.bonus}")
        for number, check in enumerate(matrix.columns, start=1)
    ]
    return Group(made, *names)


def coloured(problem: str) -> Text:
    """Return what is wrong, with the lines of a diff in the usual colours."""
    return Text("\n").join(Text(line, STYLES.get(line[:1], "")) for line in problem.splitlines())


def page(matrices: Sequence[Matrix], problems: Sequence[str], *, mutants: bool) -> str:
    """Return the audit as an HTML page that needs nothing but itself; `problems` is what is wrong."""
    return (
        pages()
        .get_template("audit.html")
        .render(
            matrices=matrices,
            problems=problems,
            signs=SIGNS,
            failed=FAILED,
            headings=(FIRST, *FIGURES, *(OF_MUTANTS if mutants else ()), LAST),
            figures=partial(figures, mutants=mutants),
        )
    )
