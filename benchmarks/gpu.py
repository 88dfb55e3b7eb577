"""Time and memory of grading on a GPU: run `python benchmarks/gpu.py` on a machine with a GPU.

Prints Markdown: how long a sandboxed process takes to open the GPU, and how much GPU memory it takes; the
time of a submission on the CPU and on the GPU, with one worker and with several; and the time of training the
course's models on all of Fashion-MNIST.
"""

from __future__ import annotations

import platform
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import torch
from timing import ROOT, import_torch, script, seconds_of

from grader.course.course import SHIPPED, load
from grader.datasets.errors import DataError
from grader.datasets.registry import DEFAULT
from grader.grading.gpu_sharing import allocate_gpu
from grader.grading.sandbox_session import opening_problem
from grader.grading.worker import image_folder, limits_for, views
from grader.records.devices import CPU, CUDA
from grader.records.worker_protocol import Config
from grader.sandbox import Server

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUNDS: Final = 9
FEW, MANY = 2, 14
QUICK, TRAINED = "relu,softmax,cross_entropy,matmul", "SoftmaxRegressionScratch,MLPScratch,MLP"


def main() -> None:
    """Print all tables."""
    if not torch.cuda.is_available():
        sys.exit(f"torch {torch.__version__} finds no GPU on this machine.")
    card = torch.cuda.get_device_properties(0)
    print(f"{card.name}, {card.total_memory / 2**30:.0f} GiB; torch {torch.__version__}, CUDA ", end="")
    print(f"{torch.version.cuda}, Python {platform.python_version()}, {torch.get_num_threads()} cores\n")
    base = statistics.median(import_torch() for _ in range(3))
    print(f"`import torch` takes {base:.2f} s; times are multiples of it.\n")
    opening(base)
    grading(base)
    training(base)


def server(*, gpu: bool) -> Server:
    """Return a sandbox server as `grader grade` starts it, with or without a GPU."""
    course = load(SHIPPED)
    gpu_allocation = allocate_gpu(Config(course=str(SHIPPED))) if gpu else None
    return Server(
        warm="grader.execution.sandbox_entry:warm_up",
        entry="grader.execution.sandbox_entry:serve",
        views=views(course, image_folder(Config(course=str(SHIPPED)), course)),
        gpu=gpu_allocation.gpu if gpu_allocation else None,
        limits=limits_for(gpu_allocation),
        environment=gpu_allocation.environment if gpu_allocation else None,
    )


def opening(base: float) -> None:
    """Print the time of a child process, without a GPU and with an open one."""
    with server(gpu=False) as there:
        plain = statistics.median(forked(there, gpu=False)[0] for _ in range(ROUNDS))
    with server(gpu=True) as there:
        pairs = [forked(there, gpu=True) for _ in range(ROUNDS)]
    opened, memory = (statistics.median(column) for column in zip(*pairs, strict=True))
    print("| a child, forked, confined and ended | of `import torch` | memory of the GPU |")
    print("|---|---|---|")
    print(f"| without a GPU | {plain / base:.3f} | |")
    print(f"| with the GPU open | {opened / base:.3f} | {memory / 2**20:.0f} MiB |\n")


def forked(there: Server, *, gpu: bool) -> tuple[float, float]:
    """Return the seconds that one child takes, and the bytes of GPU memory that it uses."""
    free, started = torch.cuda.mem_get_info()[0], time.perf_counter()
    with there.fork() as child:
        problem = opening_problem(child) if gpu else ""
        taken = time.perf_counter() - started
        used = free - torch.cuda.mem_get_info()[0]
        again = time.perf_counter()
    if problem:
        sys.exit(f"CUDA can't be started in the sandbox: {problem}")
    return taken + time.perf_counter() - again, used


def grading(base: float) -> None:
    """Print the time per submission, by exercises, device and number of workers."""
    print("| a submission after start-up | workers | CPU | GPU | both (`all`) |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in (FEW, MANY):
            for number in range(count):
                for path in (ROOT / "reference").glob("ch*/*.py"):
                    target = folder / f"class{count}" / f"student{number}" / path.name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, target)
        for only, called in ((QUICK, "four functions"), (TRAINED, "three models, trained")):
            for jobs in (1, 2, 4):
                taken = [a_submission(folder, only, jobs, device) for device in (CPU, CUDA, "all")]
                print(f"| {called} | {jobs} | " + " | ".join(f"{one / base:.2f}" for one in taken) + " |")
    print()


def a_submission(folder: Path, only: str, jobs: int, device: str) -> float:
    """Return the seconds per submission: the difference between many and few."""
    taken = {}
    for count in (FEW, MANY):
        shutil.rmtree(folder / "out", ignore_errors=True)
        options = ["--only", only, "--jobs", str(jobs), "--device", device, "--seed", "1"]
        command = [
            script("grader"),
            "grade",
            str(folder / f"class{count}"),
            "--out",
            str(folder / "out"),
            *options,
        ]
        taken[count] = seconds_of(command, folder)
    return (taken[MANY] - taken[FEW]) / (MANY - FEW)


def training(base: float) -> None:
    """Print the time of checking the models on all of Fashion-MNIST, if it is available."""
    try:
        found = DEFAULT.find_full(download=True)
    except DataError as error:
        found = None
        print(error)
    if found is None:
        print("The full Fashion-MNIST is not on this machine: training on it is not measured.")
        return
    print("| `pytest assignments --data full`, solved | CPU | GPU |")
    print("|---|---|---|")
    for name in TRAINED.split(","):
        taken = [statistics.median(solved(name, device) for _ in range(3)) for device in (CPU, CUDA)]
        print(f"| `--only {name}` | " + " | ".join(f"{one / base:.1f}" for one in taken) + " |")


def solved(name: str, device: str) -> float:
    """Return the seconds that checking the reference's answer takes."""
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        shutil.copytree(ROOT / "assignments", root / "assignments")
        for path in (ROOT / "reference").glob("ch*/*.py"):
            shutil.copy(path, root / "assignments" / path.parent.name / path.name)
        command: Sequence[str] = ["-m", "pytest", "-q", "assignments", "--only", name, "--data", "full"]
        return seconds_of([sys.executable, *command, "--device", device], root)


if __name__ == "__main__":
    main()
