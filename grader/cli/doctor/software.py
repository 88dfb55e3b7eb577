"""Check Python and its packages."""

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
REINSTALL: Final = f"in Gradbook's folder: {pip('-e .')}"
NEWER: Final = {
    "linux": "apt install python3.12-venv, or dnf install python3.12",
    "darwin": "brew install python@3.12",
    "win32": "winget install Python.Python.3.12",
}


def python(version: tuple[int, ...], platform: str) -> Finding:
    """Check that Python is new enough."""
    found = ".".join(map(str, version[:3]))
    if version[:2] >= OLDEST:
        return Finding("Python", "ok", found)
    needed = ".".join(map(str, OLDEST))
    how = NEWER.get(platform, "see python.org")
    return Finding(
        "Python", "error", f"{found}; {needed} or newer is required", f"{how}; then create .venv again"
    )


def environment(prefix: str, base: str, platform: str) -> Finding:
    """Check that a virtual environment is active."""
    if prefix != base:
        return Finding("environment", "ok", prefix)
    activate = r".venv\Scripts\activate" if platform == "win32" else ". .venv/bin/activate"
    create = "py -m venv .venv" if platform == "win32" else "python3 -m venv .venv"
    return Finding(
        "environment", "warning", f"none is active; this is {base}", f"{activate} (created by: {create})"
    )


def package(requirement: str, version_of: Callable[[str], str]) -> Finding:
    """Check that a package is installed in a required version."""
    wanted = Requirement(requirement)
    try:
        version = version_of(wanted.name)
    except PackageNotFoundError:
        return Finding(wanted.name, "error", "not installed", pip(f'"{_specified(wanted)}"'))
    if wanted.specifier.contains(version, prereleases=True):
        return Finding(wanted.name, "ok", version)
    found = f"{version}; {wanted.specifier} is required"
    return Finding(wanted.name, "error", found, pip(f'"{_specified(wanted)}"'))


def _specified(wanted: Requirement) -> str:
    return f"{wanted.name}{wanted.specifier}"


def packages(requirements: Iterable[str], version_of: Callable[[str], str]) -> list[Finding]:
    """Return a finding for each main package and each faulty one, and one for all others together."""
    main = ("torch", "torchvision", "pytest", "hypothesis")
    wanted = [Requirement(one) for one in requirements]
    needed = [one for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]
    found = [package(str(one), version_of) for one in needed]
    listed = [one for one in found if one.name in main or one.state != "ok"]
    rest = [one.name for one in found if one not in listed]
    if not wanted:
        return [Finding("packages", "error", "Gradbook isn't installed in this Python", REINSTALL)]
    return [*listed, Finding("packages", "ok", f"{len(rest)} more, as required")] if rest else listed


def imports(name: str, load: Callable[[], ModuleType]) -> Finding:
    """Check that a module can be imported: an installed package may lack a system library, for example."""
    try:
        load()
    except Exception as error:  # noqa: BLE001 - any exception is the reason
        reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        package_names = "torch torchvision" if name.startswith("torch") else name
        return Finding(
            f"import {name}",
            "error",
            f"fails: {reason}",
            pip(f"--force-reinstall --no-cache-dir {package_names}"),
        )
    return Finding(f"import {name}", "ok", "works")


def plugin(plugins: Iterable[str], pytest_on_path: str | None) -> Finding:
    """Check that the command `pytest` has the option `--only`."""
    if "grader.pytest_plugin" not in plugins:
        return Finding("pytest --only", "error", "pytest doesn't find Gradbook's plugin", REINSTALL)
    bin_folder = Path(sys.executable).parent
    if pytest_on_path is None or Path(pytest_on_path).parent.resolve() != bin_folder.resolve():
        where = f"is {pytest_on_path}" if pytest_on_path else "is not found"
        found = f"the command pytest {where}, not the one of this Python"
        fix = f'"{sys.executable}" -m pytest assignments; or activate the environment in {bin_folder.parent}'
        return Finding("pytest --only", "warning", found, fix)
    return Finding("pytest --only", "ok", "works")
