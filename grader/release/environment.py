"""The packages that students install: Gradbook's requirements, and their installed versions."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

GRADBOOK = "gradbook"


def requirements() -> list[str]:
    """Return Gradbook's requirements, without those of extras."""
    return [text for text in _required_by(GRADBOOK) if "extra ==" not in text]


def pins() -> dict[str, str]:
    """Return the installed versions of Gradbook's requirements, direct and indirect, by name.

    Local versions are pinned as published: 2.13.0+cpu as 2.13.0. Packages that only other systems need are
    not among them; a pinned package that another system doesn't need is not installed there.
    """
    found: dict[str, str] = {}
    to_visit = [Requirement(text) for text in requirements()]
    while to_visit:
        wanted = to_visit.pop()
        name = canonicalize_name(wanted.name)
        if name in found:
            continue
        try:
            found[name] = Version(distribution(name).version).public
        except PackageNotFoundError:  # required on another system only
            continue
        extras = wanted.extras or {""}
        following = map(Requirement, _required_by(name))
        to_visit += [one for one in following if any(_applies(one, extra) for extra in extras)]
    return dict(sorted(found.items()))


def _required_by(name: str) -> list[str]:
    return distribution(name).requires or []


def _applies(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})
