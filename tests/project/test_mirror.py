"""Tests mirror the package: each module has a test file of its name, or a reason in tested_elsewhere.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

import grader

TESTS: Final = Path(__file__).parents[1]
ELSEWHERE: Final = tomllib.loads(
    (Path(__file__).parent / "tested_elsewhere.toml").read_text(encoding="utf-8")
)


def modules() -> set[str]:
    """Return the modules of the package, as paths without suffix below it."""
    found = {path.relative_to(grader.PACKAGE).with_suffix("") for path in grader.PACKAGE.rglob("*.py")}
    return {path.as_posix() for path in found if path.name != "__init__"}


def with_a_test() -> set[str]:
    """Return the modules that have a test file of their own name."""
    return {
        name for name in modules() if (TESTS / Path(name).parent / f"test_{Path(name).name}.py").is_file()
    }


def with_a_reason() -> dict[str, str]:
    """Return the test file for each module that is tested elsewhere."""
    return {
        (Path(package) / module).as_posix(): test
        for package, tests in ELSEWHERE.items()
        for test, entry in tests.items()
        for module in entry["modules"]
    }


def test_each_module_has_a_test_or_a_reason() -> None:
    assert modules() - with_a_test() - with_a_reason().keys() == set()


def test_no_reason_is_stale() -> None:
    assert with_a_reason().keys() - modules() == set(), "these modules don't exist"
    assert with_a_reason().keys() & with_a_test() == set(), "these have a test file of their own by now"


def test_the_tests_that_reasons_name_exist() -> None:
    missing = {test for test in with_a_reason().values() if not (TESTS.parent / test).is_file()}
    assert missing == set()


def test_each_reason_is_a_sentence() -> None:
    for tests in ELSEWHERE.values():
        for test, entry in tests.items():
            assert len(entry["reason"].split()) > 2, test


def test_test_folders_are_packages_or_have_a_purpose_of_their_own() -> None:
    own = {"attacks", "docs", "fixtures", "fuzz", "gpu", "matrix", "project", "shipped"}
    folders = {
        path.name for path in TESTS.iterdir() if path.is_dir() and not path.name.startswith(("_", "."))
    }
    packages = {path.parent.name for path in grader.PACKAGE.glob("*/__init__.py")}
    assert folders - packages == own
