"""Is this Python all right, and are the packages in it?"""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import TYPE_CHECKING, Final

from packaging.requirements import Requirement

from grader.cli.doctor.findings import Finding, pip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType

OLDEST: Final = (3, 11)
AGAIN: Final = f"in the folder of Gradbook: {pip('-e .')}"
NEWER: Final = {
    "linux": "apt install python3.12-venv, or dnf install python3.12",
    "darwin": "brew install python@3.12",
    "win32": "winget install Python.Python.3.12",
}


def python(version: tuple[int, ...], platform: str) -> Finding:
    """Is Python new enough?"""
    found = ".".join(map(str, version[:3]))
    if version[:2] >= OLDEST:
        return Finding("Python", "fine", found)
    needed = ".".join(map(str, OLDEST))
    how = NEWER.get(platform, "see python.org")
    return Finding(
        "Python", "broken", f"{found}; {needed} or newer is needed", f"{how}; then make .venv again"
    )


def environment(prefix: str, base: str, platform: str) -> Finding:
    """Is a virtual environment active?"""
    if prefix != base:
        return Finding("environment", "fine", prefix)
    activate = r".venv\Scripts\activate" if platform == "win32" else ". .venv/bin/activate"
    begin = "py -m venv .venv" if platform == "win32" else "python3 -m venv .venv"
    return Finding("environment", "hint", f"none is active; this is {base}", f"{activate} (made by: {begin})")


def package(requirement: str, version_of: Callable[[str], str]) -> Finding:
    """Is a package there, in a version that will do?"""
    wanted = Requirement(requirement)
    try:
        version = version_of(wanted.name)
    except PackageNotFoundError:
        return Finding(wanted.name, "broken", "not installed", pip(f'"{_asked(wanted)}"'))
    if wanted.specifier.contains(version, prereleases=True):
        return Finding(wanted.name, "fine", version)
    found = f"{version}; {wanted.specifier} is needed"
    return Finding(wanted.name, "broken", found, pip(f'"{_asked(wanted)}"'))


def _asked(wanted: Requirement) -> str:
    return f"{wanted.name}{wanted.specifier}"


def packages(requirements: Iterable[str], version_of: Callable[[str], str]) -> list[Finding]:
    """Return a finding for each package that is known by name or at fault, and one for all others."""
    alone = ("torch", "torchvision", "pytest", "hypothesis")
    wanted = [Requirement(one) for one in requirements]
    needed = [one for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]
    found = [package(str(one), version_of) for one in needed]
    told = [one for one in found if one.name in alone or one.state != "fine"]
    rest = [one.name for one in found if one not in told]
    if not wanted:
        return [Finding("packages", "broken", "Gradbook isn't installed in this Python", AGAIN)]
    return [*told, Finding("packages", "fine", f"{len(rest)} more, as needed")] if rest else told


def imports(name: str, load: Callable[[], ModuleType]) -> Finding:
    """Can a module be imported? An installed package may lack a library of the system, or fit no other."""
    try:
        load()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is why
        said = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        again = "torch torchvision" if name.startswith("torch") else name
        return Finding(
            f"import {name}", "broken", f"fails: {said}", pip(f"--force-reinstall --no-cache-dir {again}")
        )
    return Finding(f"import {name}", "fine", "works")


def plugin(plugins: Iterable[str], pytest_on_path: str | None) -> Finding:
    """Does the `pytest` that is typed know `--only`?"""
    if "grader.pytest_plugin" not in plugins:
        return Finding("pytest --only", "broken", "pytest doesn't know Gradbook", AGAIN)
    bin_folder = Path(sys.executable).parent
    if pytest_on_path is None or Path(pytest_on_path).parent.resolve() != bin_folder.resolve():
        where = f"is {pytest_on_path}" if pytest_on_path else "isn't found"
        found = f"the command pytest {where}, not the one of this Python"
        mend = f'"{sys.executable}" -m pytest assignments; or activate the environment in {bin_folder.parent}'
        return Finding("pytest --only", "hint", found, mend)
    return Finding("pytest --only", "fine", "works")
