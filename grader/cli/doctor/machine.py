"""Check the machine: cores, memory, GPU, terminal, and the layers of the sandbox."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from grader.cli.doctor.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from grader.records.worker_protocol import Sandbox
    from grader.sandbox import LayerName

MIN_COLUMNS: Final = 80
MIN_MEMORY: Final = 2 * 2**30
"""Bytes of memory that torch, the checks and an editor need together."""
SANDBOX: Final = "sandbox"
GRADING: Final = "grading"


def cuda(built_for: str | None, *, works: bool, card: bool) -> Finding:
    """Check that torch can use the GPU, if there is one.

    Args:
        built_for: the version of CUDA that torch was built for; None for a CPU build.
        works: whether torch can use a GPU.
        card: whether this machine has an NVIDIA GPU.
    """
    if works:
        return Finding("CUDA", "ok", f"works; torch is built for {built_for}")
    if built_for is None and card:
        return Finding(
            "CUDA",
            "warning",
            "this machine has an NVIDIA GPU, but torch is a CPU build",
            "optional: pytorch.org/get-started shows the command for your system; the CPU is enough",
        )
    if card:
        found = f"torch is built for CUDA {built_for}, but can't use this machine's GPU"
        return Finding(
            "CUDA", "warning", found, "nvidia-smi shows which CUDA the driver supports; update the driver"
        )
    return Finding("CUDA", "ok", "no GPU, and none is needed")


def terminal(encoding: str | None, columns: int, *, colours: bool, platform: str) -> Finding:
    """Check that the terminal can show the output."""
    look = f"{encoding or 'no encoding'}, {columns} columns, {'colours' if colours else 'no colours'}"
    if (encoding or "").lower().replace("-", "") != "utf8":
        fix = "chcp 65001, and set PYTHONUTF8=1" if platform == "win32" else "export LC_ALL=C.UTF-8"
        return Finding("terminal", "warning", f"{look}; ✓ and ✗ are shown as + and x", fix)
    if columns < MIN_COLUMNS:
        return Finding(
            "terminal", "warning", look, f"widen it to {MIN_COLUMNS} columns, which the output is made for"
        )
    return Finding("terminal", "ok", look)


def resources(cores: int, memory: int | None) -> Finding:
    """Check the size of the machine. `memory` is in bytes; None if it is unknown."""
    size = "memory unknown" if memory is None else f"{memory / 2**30:.1f} GiB of memory"
    detail = f"{cores} {'core' if cores == 1 else 'cores'}, {size}"
    if memory is not None and memory < MIN_MEMORY:
        return Finding("machine", "warning", detail, "close other programs, and check one section at a time")
    return Finding("machine", "ok", detail)


def memory() -> int | None:
    """Return the bytes of memory of this machine; None if they are unknown."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return None


def sandbox(held: Collection[LayerName], missing: Mapping[LayerName, str], platform: str) -> list[Finding]:
    """Check the layers of the sandbox, which only `grader grade` needs."""
    if platform != "linux":
        return [Finding(SANDBOX, "ok", "needs Linux; only grader grade needs it")]
    from grader.sandbox.layers import BY_NAME

    lacking = [
        Finding(
            f"{SANDBOX}: {layer}",
            "warning",
            f"not available: {why}. {BY_NAME[layer].absence(held)}",
            BY_NAME[layer].help,
        )
        for layer, why in missing.items()
    ]
    names = ", ".join(held)
    if lacking:
        left = f"only {names}" if held else "no layer works"
        return [Finding(SANDBOX, "warning", f"{left}: grader grade needs --sandbox weak or none"), *lacking]
    return [Finding(SANDBOX, "ok", names)]


def grading(start_problem: str, course: str) -> Finding:
    """Check that `grader grade` can start.

    Args:
        start_problem: why it can't; empty if it can.
        course: the course that was tried.
    """
    if not start_problem:
        return Finding(GRADING, "ok", f"can start; the solutions of {course} are correct in the sandbox")
    return Finding(GRADING, "warning", f"grader grade can't start: {start_problem}")


def start_problem(course: Path, held: Collection[LayerName]) -> str:
    """Return why `grader grade` can't start, as it would say itself; empty if it can.

    Args:
        course: the folder of the course to rehearse.
        held: the layers of the sandbox that work on this machine.
    """
    from grader.grading.worker import REFUSALS, ready_graders
    from grader.records.worker_protocol import Config
    from grader.sandbox import LAYER_NAMES, SandboxError

    sandbox: Sandbox = "full" if set(held) == set(LAYER_NAMES) else "weak" if held else "none"
    try:
        with ready_graders(Config(course=str(course), sandbox=sandbox)):
            return ""
    except (*REFUSALS, SandboxError, OSError) as error:
        return str(error)


def gpu_in_sandbox() -> list[Finding]:
    """Check that `grader grade --device cuda` can use the GPU, if there is one."""
    import torch

    if not torch.cuda.is_available():
        return []
    problem = _opening_problem()
    if not problem:
        return [Finding(f"{SANDBOX}: GPU", "ok", "submitted code can use the GPU in the sandbox")]
    fix = "grade on the CPU, or with --sandbox none if you trust the authors of the submissions"
    return [Finding(f"{SANDBOX}: GPU", "warning", f"CUDA can't be started in the sandbox: {problem}", fix)]


def _opening_problem() -> str:
    from grader.grading.gpu_sharing import allocate_gpu, gpu_role
    from grader.grading.process import ON_GPU, opening_problem
    from grader.records.devices import NoSuchDevice
    from grader.records.worker_protocol import Config
    from grader.sandbox import SandboxError, Server

    try:
        gpu_allocation = allocate_gpu(Config(course=""))
        with (
            Server(
                warm="time:time", entry="time:time", gpu=gpu_allocation.gpu, roles={ON_GPU: gpu_role()},
                environment=gpu_allocation.environment,
            ) as server,
            server.fork(ON_GPU) as child,
        ):  # fmt: skip
            return opening_problem(child)
    except (NoSuchDevice, SandboxError, OSError) as error:
        return str(error)


def sandbox_not_needed() -> Finding:
    """Report that a student's machine needs no sandbox."""
    return Finding(SANDBOX, "ok", "not needed on a student's machine")


def layers() -> tuple[tuple[LayerName, ...], Mapping[LayerName, str]]:
    """Return the layers of the sandbox that work on this machine, and why the others don't."""
    from grader.sandbox import LAYER_NAMES, SandboxError, Server

    try:
        # Warm-up and entry do nothing: no code is run in this sandbox.
        with Server(warm="time:time", entry="time:time", strict=False) as server:
            return server.layers, server.missing
    except (SandboxError, OSError) as error:
        return (), dict.fromkeys(LAYER_NAMES, str(error))
