"""Which packages answers may import: what Gradbook requires, and what a course declares in `course.toml`.

Graders run where other things are installed, too: JupyterLab, pyarrow, a department's own tools. An answer
that imports one of them would work on one machine and not on another, and some of them start threads, which
a process that forks must not have. So the processes that run answers see the declared packages, what these
require, and nothing else. A course may also declare a version of what Gradbook requires, such as `pandas<3`.
"""

from __future__ import annotations

import contextlib
import pkgutil
import site
import sys
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

GRADBOOK: Final = "gradbook"
ESSENTIAL: Final = (
    *("torch", "torchvision", "numpy", "pandas", "matplotlib"),
    *("msgspec", "packaging", "landlockpy", "pyseccomp"),
)
"""What is required where Gradbook runs from a checkout, without installed metadata that says so."""


class Unmet(NamedTuple):
    """A declared distribution that is not installed, or in another version: `installed`, else ""."""

    requirement: str
    installed: str


@dataclass(frozen=True, slots=True)
class Packages:
    """Top-level names of installed packages.

    Args:
        importable: those that answers may import.
        hidden: those that are installed, and that answers may not import.
        unmet: distributions that the course declares and that are not installed so.
    """

    importable: frozenset[str]
    hidden: frozenset[str]
    unmet: tuple[Unmet, ...] = ()


@cache
def packages(declared: tuple[str, ...] = ()) -> Packages:
    """Return which of the installed packages answers may import.

    Args:
        declared: the distributions that a course declares, as pip writes them: `("scipy", "pandas<3")`.
    """
    roots = [*_requirements(_gradbook()), *declared]
    closure = required_distributions(roots)
    importable = frozenset(name for one in closure.values() for name in _import_names(one))
    hidden = frozenset(_installed()) - importable - sys.stdlib_module_names - {"grader"}
    hidden = frozenset(name for name in hidden if not name.startswith("__"))
    return Packages(importable, hidden, unmet(declared))


def unmet(declared: Iterable[str]) -> tuple[Unmet, ...]:
    """Return which of a course's declared distributions are not installed as it declares them."""
    found = []
    for wanted in _parsed(declared):
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(wanted.name)
        except metadata.PackageNotFoundError:
            version = ""
        if not version or not wanted.specifier.contains(version, prereleases=True):
            found.append(Unmet(str(wanted), version))
    return tuple(found)


def unmet_message(found: Sequence[Unmet]) -> str:
    """Return the sentence that says which declared distributions are not installed, or in which version."""
    names = (one.requirement + (f" ({one.installed} is)" if one.installed else "") for one in found)
    return f"course.toml declares packages that are not installed here: {', '.join(names)}."


def required_distributions(requirements: Collection[str]) -> dict[str, metadata.Distribution]:
    """Return the installed distributions that requirements ask for, directly or not, by name."""
    found: dict[str, metadata.Distribution] = {}
    asked: set[tuple[str, str]] = set()
    queue = [(one, "") for one in _parsed(requirements)]
    while queue:
        wanted, extra = queue.pop()
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(wanted.name)
        try:
            found.setdefault(name, metadata.distribution(wanted.name))
        except metadata.PackageNotFoundError:
            continue
        for one in ("", *wanted.extras):
            if (name, one) not in asked:
                asked.add((name, one))
                queue += [(requirement, one) for requirement in _parsed(found[name].requires or ())]
    return found


def is_requirement(text: str) -> bool:
    """Return whether a text names a distribution, perhaps with extras: `scikit-learn`, `jax[cpu]`."""
    try:
        return not Requirement(text).url
    except InvalidRequirement:
        return False


def _parsed(requirements: Iterable[str]) -> Iterator[Requirement]:
    """Yield requirements, without those in which a package's author made a mistake."""
    for text in requirements:
        with contextlib.suppress(InvalidRequirement):
            yield Requirement(text)


def _gradbook() -> metadata.Distribution | None:
    """Return the distribution that this package came with: Gradbook, or a released course."""
    try:
        return metadata.distribution(GRADBOOK)
    except metadata.PackageNotFoundError:
        return None


def _requirements(distribution: metadata.Distribution | None) -> list[str]:
    return list(ESSENTIAL) if distribution is None else list(distribution.requires or ())


def _import_names(distribution: metadata.Distribution) -> Iterator[str]:
    """Yield the top-level names that a distribution installs."""
    listed = distribution.read_text("top_level.txt")
    if listed and listed.strip():
        yield from listed.split()
        return
    for path in distribution.files or ():
        first = path.parts[0]
        if first == ".." or first.endswith((".dist-info", ".data", ".pth")) or first == "__pycache__":
            continue
        yield first.partition(".")[0]


def _installed() -> Iterator[str]:
    """Yield the top-level names that lie where packages are installed, whoever put them there.

    Distributions that are installed elsewhere, as editable ones are, list their names themselves. What pip
    leaves behind where an installation fails, a distribution without metadata, is no obstacle.
    """
    folders = [*site.getsitepackages(), *([site.getusersitepackages()] if site.ENABLE_USER_SITE else [])]
    yield from (module.name for module in pkgutil.iter_modules(folders))
    for folder in map(Path, folders):  # packages without __init__.py
        if folder.is_dir():
            yield from (path.name for path in folder.iterdir() if path.name.isidentifier() and path.is_dir())
    for distribution in metadata.distributions():
        yield from (distribution.read_text("top_level.txt") or "").split()
