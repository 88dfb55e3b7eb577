"""What students install: the packages that Gradbook requires, and the versions that are here."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

GRADBOOK = "gradbook"


def requirements() -> list[str]:
    """Return what Gradbook requires, without what only its developers do."""
    return [text for text in _required_by(GRADBOOK) if "extra ==" not in text]


def pins() -> dict[str, str]:
    """Return the version of every package that is here because Gradbook requires it, or one that it requires.

    They are versions as published: a build for one machine (2.13.0+cpu) is pinned for all (2.13.0). What
    another system needs besides is not among them, and what it doesn't need is pinned for nothing.
    """
    found: dict[str, str] = {}
    asked = [Requirement(text) for text in requirements()]
    while asked:
        wanted = asked.pop()
        name = canonicalize_name(wanted.name)
        if name in found:
            continue
        try:
            found[name] = Version(distribution(name).version).public
        except PackageNotFoundError:  # another system's
            continue
        extras = wanted.extras or {""}
        following = map(Requirement, _required_by(name))
        asked += [one for one in following if any(_applies(one, extra) for extra in extras)]
    return dict(sorted(found.items()))


def _required_by(name: str) -> list[str]:
    return distribution(name).requires or []


def _applies(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})
