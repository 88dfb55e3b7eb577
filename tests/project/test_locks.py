"""The locks and the constraints satisfy what pyproject.toml requires, and name no place to install from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS: Final = ("requirements/grading.txt", "requirements/torch-cuda.txt")
LINUX: Final = {
    "sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64",
    "python_version": "3.12", "extra": "",
}  # fmt: skip


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(*names: str) -> dict[str, Version]:
    """The version of each package that these files pin."""
    found: dict[str, Version] = {}
    for name in names:
        for package, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text(name), re.MULTILINE):
            found[canonicalize_name(package)] = Version(version)
    return found


@pytest.mark.parametrize(
    "requirement", [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
)
def test_the_locks_satisfy_each_requirement(requirement: str) -> None:
    wanted = Requirement(requirement)
    assert wanted.marker is None or wanted.marker.evaluate(LINUX)
    assert pins(*LOCKS)[canonicalize_name(wanted.name)] in wanted.specifier


def test_torch_is_the_one_of_the_constraints() -> None:
    constraints = pins("constraints.txt")
    assert set(constraints) == {"torch", "torchvision"}
    cuda = pins("requirements/torch-cuda.txt")
    assert {name: cuda[name] for name in constraints} == constraints
    assert not set(pins("requirements/grading.txt")).intersection(cuda)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_hashes(name: str) -> None:
    lines = [line for line in text(name).splitlines() if not line.startswith("#")]
    blocks = re.split(r"^(?=\S)", "\n".join(lines), flags=re.MULTILINE)
    blocks = [block for block in blocks if block.strip()]
    assert len(blocks) > 10
    assert [block for block in blocks if not re.search(r"--hash=sha256:[0-9a-f]{64}", block)] == []


@pytest.mark.parametrize("name", [*LOCKS, "constraints.txt"])
def test_no_version_is_a_machines_own_and_no_index_is_named(name: str) -> None:
    assert [version for version in pins(name).values() if version.local] == []
    assert not re.search(r"://|--(?!hash=|require-hashes)", text(name))
