"""The entry point for pytest, which loads it in every run where Gradbook is installed.

In a project without a course it must not be noticed: it adds no options, prints nothing and imports next to
nothing. Only where checks files are about to be collected, it registers `grader.local.course_plugin`, which
does the work.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

ASSIGNMENTS: Final = "assignments"
DEPTH: Final = 2
"""How many levels below a collected path a course is looked for, before pytest reads its options."""
NAME: Final = "gradbook-course"


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Register the course's plugin where a course is tested.

    That is after all plugins and the initial conftest files, so that it can leave them the options they add.
    """
    yield
    if any(map(_has_checks, _selected(early_config))):
        _register(early_config)


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Register the course's plugin for a course that lies deeper; its options then have their defaults."""
    config = parent.config
    if module_path.parent.parent.name != ASSIGNMENTS or config.pluginmanager.has_plugin(NAME):
        return None
    if not _has_checks(module_path):
        return None
    from grader.local import course_plugin

    for name, default in course_plugin.DEFAULTS.items():
        setattr(config.option, name, default)
    _register(config)
    return course_plugin.pytest_pycollect_makemodule(module_path, parent)


def _register(config: pytest.Config) -> None:
    from grader.local import course_plugin

    config.pluginmanager.register(course_plugin, NAME)


def _selected(config: pytest.Config) -> list[Path]:
    """Return the paths that pytest is to collect.

    Options that aren't known yet leave their values among the paths: what doesn't exist is passed over.
    """
    folder = config.invocation_params.dir
    named = [folder / text.partition("::")[0] for text in config.known_args_namespace.file_or_dir]
    paths = [path for path in named if os.path.exists(path)]  # noqa: PTH110 - of a name too long: no
    if not paths and folder == config.rootpath:
        paths = [config.rootpath / name for name in config.getini("testpaths")]
    return paths or [folder]


def _has_checks(path: Path) -> bool:
    """Return whether there is a checks file at, above or below a path."""
    folders = list(_assignments(path.resolve()))
    if not folders:
        return False
    from grader.course.selection import is_checks

    return any(is_checks(file) for folder in folders for file in folder.glob("*/test_*.py"))


def _assignments(path: Path) -> Iterator[Path]:
    """Yield the folder called `assignments` that a path is or lies in; otherwise those below it."""
    above = next((folder for folder in (path, *path.parents) if folder.name == ASSIGNMENTS), None)
    if above is not None:
        yield above
        return
    level = [path]
    for _ in range(DEPTH + 1):
        level = [inner for folder in level for inner in _folders(folder)]
        yield from (folder for folder in level if folder.name == ASSIGNMENTS)


def _folders(path: Path) -> list[Path]:
    """Return the folders in a path, without hidden ones; none, if it is a file or can't be read."""
    try:
        return [inner for inner in path.iterdir() if not inner.name.startswith((".", "_")) and inner.is_dir()]
    except OSError:
        return []
