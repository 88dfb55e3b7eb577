"""Everything that the docs, the README and the docstrings of the grader import can be imported."""

from __future__ import annotations

import ast
import pkgutil
import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
# The changelog names what was once there, too.
PAGES: Final = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")} - {ROOT / "CHANGELOG.md"})
MODULES: Final = sorted((ROOT / "grader").rglob("*.py"))
STATEMENT: Final = re.compile(
    r"""(?:^|`)[ ]*(?:>>>[ ]|\.\.\.[ ])?                # a line of its own, in a prompt, or in backticks
        (from[ ]grader[\w.]*[ ]import[ ](?:\([^)]*\)|[\w, ]+) | import[ ]grader[\w.]*)""",
    re.MULTILINE | re.VERBOSE,
)
NAME: Final = re.compile(r"`(grader(?:\.\w+)+)`")
"""A dotted name in backticks: a module, or what is in one."""


def statements(text: str) -> Iterator[str]:
    """The import statements about the grader in a text."""
    for found in STATEMENT.findall(text):
        yield " ".join(found.replace("...", " ").split())


def docstrings(path: Path) -> Iterator[str]:
    """All docstrings of a module, those of attributes included: strings that are statements."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            value = node.value.value
            if isinstance(value, str):
                yield textwrap.dedent(value)


def texts() -> dict[str, list[str]]:
    pages = {page.relative_to(ROOT).as_posix(): [page.read_text(encoding="utf-8")] for page in PAGES}
    modules = {module.relative_to(ROOT).as_posix(): list(docstrings(module)) for module in MODULES}
    return pages | modules


TEXTS: Final = texts()
STATEMENTS: Final = sorted(
    {(place, statement) for place, parts in TEXTS.items() for part in parts for statement in statements(part)}
)
NAMES: Final = sorted(
    {(place, name) for place, parts in TEXTS.items() for part in parts for name in NAME.findall(part)}
)


@pytest.mark.parametrize(("place", "statement"), STATEMENTS)
def test_every_import_works(place: str, statement: str) -> None:
    exec(statement, {})  # noqa: S102 - the project's own docs


@pytest.mark.parametrize(("place", "name"), NAMES)
def test_every_dotted_name_is_there(place: str, name: str) -> None:
    pkgutil.resolve_name(name)


def test_there_are_some() -> None:
    assert len(STATEMENTS) > 2
    assert len(NAMES) > 3


@pytest.mark.parametrize(
    "text",
    [
        "    from grader.laws import exercise",
        "```python\nimport grader.laws\n```",
        "Write `from grader.laws import exercise`.",
        ">>> from grader.laws import (\n...     exercise,\n... )",
    ],
)
def test_an_import_is_found_however_it_is_written(text: str) -> None:
    (found,) = statements(text)
    compile(found, "docs", "exec")
