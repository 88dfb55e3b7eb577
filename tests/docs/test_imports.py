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


@pytest.fixture(scope="module")
def texts() -> dict[str, list[str]]:
    """All texts, by where they are: read when a test runs, since each worker collects the tests."""
    pages = {page.relative_to(ROOT).as_posix(): [page.read_text(encoding="utf-8")] for page in PAGES}
    modules = {module.relative_to(ROOT).as_posix(): list(docstrings(module)) for module in MODULES}
    return pages | modules


def error_of(statement: str) -> str:
    """What goes wrong when a statement runs; empty if nothing does."""
    try:
        exec(statement, {})  # noqa: S102 - the project's own docs
    except Exception as error:  # noqa: BLE001 - whatever it is, the docs are wrong
        return repr(error)
    return ""


def test_every_import_works(texts: dict[str, list[str]]) -> None:
    found = {(place, one) for place, parts in texts.items() for part in parts for one in statements(part)}
    assert len(found) > 2
    assert {(place, one, error) for place, one in found if (error := error_of(one))} == set()


def test_every_dotted_name_is_there(texts: dict[str, list[str]]) -> None:
    found = {(place, one) for place, parts in texts.items() for part in parts for one in NAME.findall(part)}
    assert len(found) > 3
    assert {(place, one) for place, one in found if not is_there(one)} == set()


def is_there(name: str) -> bool:
    """Whether a dotted name leads to something."""
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


def test_what_is_wrong_is_found() -> None:
    assert "no_such_name" in error_of("from grader.laws import no_such_name")
    assert error_of("import grader.laws") == ""
    assert is_there("grader.laws.exercise")
    assert not is_there("grader.laws.no_such_name")
    assert not is_there("grader.no_such_module")


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
