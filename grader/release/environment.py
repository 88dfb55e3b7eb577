"""The packages that students install: what Gradbook and the course require, and the installed versions."""

from __future__ import annotations

from importlib.metadata import requires

from packaging.version import Version

from grader.course.packages import GRADBOOK, required_distributions


def requirements(declared: tuple[str, ...] = ()) -> list[str]:
    """Return Gradbook's requirements, without those of extras, and the packages that a course declares."""
    return [*(text for text in requires(GRADBOOK) or () if "extra ==" not in text), *declared]


def pins(declared: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the installed versions of these requirements, direct and indirect, by name.

    Local versions are pinned as published: 2.13.0+cpu as 2.13.0. Packages that only other systems need are
    not among them; a pinned package that another system doesn't need is not installed there.
    """
    found = required_distributions(requirements(declared))
    return {name: Version(found[name].version).public for name in sorted(found)}
