"""The environments of `make matrix`, with a short smoke test in each: see docs/internals/matrix.md.

Each environment is made in a temporary folder outside the repository, and removed before the next is made.
Results are written to out/matrix, one file a cell; the last session prints a table of them.

Environment variables:
    MATRIX_PYTHONS: more interpreters, separated as in PATH.
    MATRIX_CONDITIONS: run only these conditions, separated by commas.
    MATRIX_KEEP: if set, the temporary folders stay.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import nox

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))
from tests.matrix.cells import RESULTS, Cells  # noqa: E402 - found by the line above
from tests.matrix.environments import ENVIRONMENTS, SYSTEM_SITE, USER  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable


def smoke_test(name: str) -> Callable[[nox.Session], None]:
    """Return the session that makes an environment and runs the smoke test under each of its conditions."""

    def run(session: nox.Session) -> None:
        environment = ENVIRONMENTS[name]
        with Cells(name, environment) as cells:
            python = cells.workshop().virtual_environment()
            for condition in environment.conditions:
                cells.run(python, condition)
        report(session, cells)

    run.__doc__ = f"Run the smoke test: {ENVIRONMENTS[name].title}."
    return run


for _name in ENVIRONMENTS:
    nox.session(venv_backend="none", name=_name)(smoke_test(_name))


@nox.session(venv_backend="none")
def user(session: nox.Session) -> None:
    """Run the smoke test: pip install --user, and a virtual environment that sees what is installed there."""
    with Cells("user", USER) as cells:
        workshop = cells.workshop()
        home = cells.folder / "home"
        home.mkdir()
        cells.run(workshop.user_install(home), "plain", home=home)
        cells.run(workshop.over_system_site(home), "plain", SYSTEM_SITE, home=home)
    report(session, cells)


@nox.session(venv_backend="none")
def table(_session: nox.Session) -> None:
    """Print all results as a table in Markdown; out/matrix/table.md has it, too."""
    subprocess.run([sys.executable, ROOT / "tests" / "matrix" / "table.py", RESULTS], check=True)


def report(session: nox.Session, cells: Cells) -> None:
    """Let a session end as its cells did."""
    if cells.not_run:
        session.skip(cells.not_run)
    if cells.failed:
        session.error(f"failed: {', '.join(cells.failed)}")
