"""What the machine has: cores, memory, a GPU, a terminal, and the layers of the wall."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from grader.cli.doctor.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.sandbox import Layer

NARROW: Final = 80
LITTLE: Final = 2 * 2**30
"""Bytes of memory below which torch, the checks and an editor don't fit side by side."""
WALL: Final = "the wall"


def cuda(built_for: str | None, *, works: bool, card: bool) -> Finding:
    """Can the GPU be used, if there is one? `built_for` is the version of CUDA that torch was built for."""
    if works:
        return Finding("CUDA", "fine", f"works; torch is built for {built_for}")
    if built_for is None and card:
        return Finding(
            "CUDA",
            "hint",
            "this machine has an NVIDIA GPU, but torch is a build for CPUs",
            "choose your system at pytorch.org/get-started for the command; the CPU does, too",
        )
    if card:
        found = f"torch is built for CUDA {built_for}, but can't use this machine's GPU"
        return Finding(
            "CUDA", "hint", found, "nvidia-smi says which CUDA the driver can do; bring the driver up to date"
        )
    return Finding("CUDA", "fine", "no GPU; the exercises need none")


def terminal(encoding: str | None, columns: int, *, colours: bool, platform: str) -> Finding:
    """Can the terminal show what is written?"""
    look = f"{encoding or 'no encoding'}, {columns} columns, {'colours' if colours else 'no colours'}"
    if (encoding or "").lower().replace("-", "") != "utf8":
        mend = "chcp 65001, and set PYTHONUTF8=1" if platform == "win32" else "export LC_ALL=C.UTF-8"
        return Finding("terminal", "hint", f"{look}; ✓ and ✗ are shown as + and x", mend)
    if columns < NARROW:
        return Finding("terminal", "hint", look, f"make it {NARROW} columns wide: lines are made for that")
    return Finding("terminal", "fine", look)


def resources(cores: int, memory: int | None) -> Finding:
    """Is the machine large enough? `memory` is in bytes, None where the system doesn't say."""
    size = "memory unknown" if memory is None else f"{memory / 2**30:.1f} GiB of memory"
    found = f"{cores} {'core' if cores == 1 else 'cores'}, {size}"
    if memory is not None and memory < LITTLE:
        return Finding("machine", "hint", found, "close other programs, and check one section at a time")
    return Finding("machine", "fine", found)


def memory() -> int | None:
    """Return the bytes of memory of this machine, where the system says."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return None


def wall(held: Iterable[Layer], missing: Mapping[Layer, str], platform: str) -> list[Finding]:
    """Can `grader grade` shut students' code in? Only instructors need that."""
    if platform != "linux":
        return [Finding(WALL, "fine", "grader grade needs Linux; students don't need it")]
    from grader.sandbox.layers import MEND

    mendable = [
        Finding(f"wall: {layer}", "hint", f"missing: {why}", f"{MEND[layer]}")
        for layer, why in missing.items()
    ]
    names = ", ".join(held)
    if mendable:
        left = f"only {names} hold" if held else "none of its layers holds"
        return [Finding(WALL, "hint", f"{left}: grader grade needs --sandbox weak or none"), *mendable]
    return [Finding(WALL, "fine", f"{names} hold")]


def gpu_behind_the_wall() -> list[Finding]:
    """Can `grader grade --device cuda` use the GPU, where there is one?"""
    import torch

    if not torch.cuda.is_available():
        return []
    problem = _opening_problem()
    if not problem:
        return [Finding(f"{WALL}: GPU", "fine", "students' code can use it behind the wall")]
    mend = "grade on the CPU, or with --sandbox none if you trust whoever wrote what is to be graded"
    return [Finding(f"{WALL}: GPU", "hint", f"CUDA can't be started behind the wall: {problem}", mend)]


def _opening_problem() -> str:
    from grader.grading.gpu_sharing import seating
    from grader.grading.sandbox_session import opening_problem
    from grader.records.devices import NoSuchDevice
    from grader.records.worker_protocol import Config
    from grader.sandbox import Limits, Server, WallError

    try:
        graphics = seating(Config(course=""))
        with (
            Server(
                warm="time:time", entry="grader.execution.sandbox_entry:serve", gpu=graphics.gpu,
                limits=Limits(memory=graphics.memory), environment=graphics.environment,
            ) as server,
            server.fork() as child,
        ):  # fmt: skip
            return opening_problem(child)
    except (NoSuchDevice, WallError, OSError) as error:
        return str(error)


def no_wall() -> Finding:
    """Say that the wall was not looked at."""
    return Finding(WALL, "fine", "not needed here: your answers are graded elsewhere")


def layers() -> tuple[tuple[Layer, ...], Mapping[Layer, str]]:
    """Return the layers of the wall that hold on this machine, and why the others don't."""
    from grader.sandbox import LAYERS, Server, WallError

    try:
        # Nothing is preloaded, and nothing ever asked.
        with Server(warm="time:time", entry="time:time", strict=False) as server:
            return server.layers, server.missing
    except (WallError, OSError) as error:
        return (), dict.fromkeys(LAYERS, str(error))
