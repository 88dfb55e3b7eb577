"""Packages that answers may import: the closure of what is required and declared, and nothing else."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import pytest

from grader.course import packages as module
from grader.course.packages import is_requirement, packages, unmet_message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs distributions that hold no code, for this test only."""
    monkeypatch.syspath_prepend(tmp_path)
    packages.cache_clear()

    def make(name: str, *requires: str, imports: str = "", listed: bool = True) -> None:
        info = tmp_path / f"{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        lines = [
            "Metadata-Version: 2.1",
            f"Name: {name}",
            "Version: 1.0",
            *(f"Requires-Dist: {one}" for one in requires),
        ]
        (info / "METADATA").write_text("\n".join(lines) + "\n")
        names = (imports or name.replace("-", "_")).split()
        if listed:
            (info / "top_level.txt").write_text("\n".join(names))
        else:
            for one in names:  # of a list, some finders leave out what isn't there
                (tmp_path / one).mkdir()
                (tmp_path / one / "__init__.py").touch()
            (info / "RECORD").write_text(
                "".join(f"{one}/__init__.py,,\n{one}.libs/x.so,,\n../../bin/{one},,\n" for one in names)
            )

        importlib.invalidate_caches()  # they go by the folder's time, which may be the same still

    yield make
    packages.cache_clear()


def test_what_gradbook_requires_is_importable_and_so_is_what_that_requires() -> None:
    assert {"torch", "numpy", "pandas", "matplotlib", "sympy", "dateutil", "msgspec"} <= packages().importable


def test_what_lies_around_is_hidden(install: Install) -> None:
    install("loud-threads")
    assert "loud_threads" in packages().hidden
    assert not packages().hidden & packages().importable


def test_pip_and_the_tools_of_this_project_are_not_for_answers() -> None:
    assert "pip" in packages().hidden
    assert "ruff" in packages().hidden


def test_what_a_course_declares_is_importable_with_its_requirements(install: Install) -> None:
    install("scikit-toy", "toy-core>=1", "only-elsewhere; sys_platform == 'nowhere'", imports="sktoy")
    install("toy-core", "scikit-toy")  # requirements may form a circle
    install("only-elsewhere")
    found = packages(("scikit_toy",))
    assert {"sktoy", "toy_core"} <= found.importable
    assert "only_elsewhere" in found.hidden
    assert {"sktoy", "toy_core"} <= packages().hidden


def test_extras_bring_what_they_require(install: Install) -> None:
    install("toy", "fast-toy; extra == 'fast'")
    install("fast-toy")
    assert "fast_toy" in packages(("toy",)).hidden
    assert "fast_toy" in packages(("toy[fast]",)).importable


def test_names_come_from_the_files_where_no_list_of_them_is_installed(install: Install) -> None:
    install("unlisted", imports="alpha beta", listed=False)
    assert {"alpha", "beta"} <= packages(("unlisted",)).importable


def test_what_pip_leaves_of_a_failed_installation_is_no_obstacle(install: Install, tmp_path: Path) -> None:
    install("toy", "not a requirement", "toy-core >= one", "toy-extra")
    install("toy-extra")
    (tmp_path / "~orch-2.13.0.dist-info").mkdir()
    (tmp_path / "empty-1.0.dist-info").mkdir()
    found = packages(("toy",))
    assert {"toy", "toy_extra", "torch"} <= found.importable


def test_what_is_declared_and_not_installed_is_named() -> None:
    assert packages(("nowhere-to-be-had", "pytest")).unmet == (("nowhere-to-be-had", ""),)


def test_what_is_installed_in_another_version_than_declared_is_named(install: Install) -> None:
    install("toy")
    declared = ("toy<1", "toy>=1,<2", "toy", "toy<1; sys_platform == 'nowhere'", "lacking>=2")
    found = packages(declared).unmet
    assert found == (("toy<1", "1.0"), ("lacking>=2", ""))
    assert unmet_message(found) == (
        "course.toml declares packages that are not installed here: toy<1 (1.0 is), lacking>=2."
    )


def test_a_checkout_that_is_not_installed_falls_back_on_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    packages.cache_clear()
    monkeypatch.setattr(module, "_gradbook", lambda: None)
    assert {"torch", "torchvision", "pandas", "matplotlib", "msgspec"} <= packages().importable
    assert "rich" in packages().hidden
    packages.cache_clear()


@pytest.mark.parametrize("text", ["scipy", "scikit-learn", "jax[cpu]", "torch>=2.6", "pandas>=2.2,<3"])
def test_requirements(text: str) -> None:
    assert is_requirement(text)


@pytest.mark.parametrize("text", ["", "two words", "../folder", "toy @ https://example.org/toy.whl"])
def test_what_is_none(text: str) -> None:
    assert not is_requirement(text)
