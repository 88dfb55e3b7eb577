"""One page about grading on a GPU, in eight minutes: `make gpu`, on a machine with one.

Prints Markdown for docs/instructors/gpu.md. The parts that matter most come first, and each has a time limit
of its own, so that a machine that is lent for a short time still tells something:

- machine: the card, the driver, the versions;
- opening: whether a child with every layer of the sandbox opens CUDA, how long that takes, and its memory;
- class: seconds a submission, all exercises and trained models included, on GPU and CPU, by workers;
- sandbox: the tests of grading on a real GPU, one by one;
- answers: the tests of answers, in parallel.

`--part NAME` runs one of them. `--part full`, which takes longer, trains on all of Fashion-MNIST.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
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
from grader.grading.gpu_sharing import USUAL_SHARING, allocate_gpu
from grader.grading.process import ON_GPU, opening_problem
from grader.grading.worker import image_folder, sandbox_server
from grader.records.devices import CPU, CUDA
from grader.records.worker_protocol import Config

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS: Final = 9
EACH: Final = 3
"""Submissions a worker grades; the first ones, which find everything cold, are not counted."""
TRAINED: Final = "SoftmaxRegressionScratch,MLPScratch,MLP"


def main() -> None:
    """Print the page, or one part of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--part", choices=[*PARTS, *BY_HAND])
    chosen = options.parse_args().part
    if not torch.cuda.is_available():
        sys.exit(f"torch {torch.__version__} finds no GPU on this machine.")
    if chosen:
        {**{name: part for name, (part, _seconds) in PARTS.items()}, **BY_HAND}[chosen]()
        return
    for name, (_part, seconds) in PARTS.items():
        started = time.monotonic()
        command = [sys.executable, str(Path(__file__)), "--part", name]
        with subprocess.Popen(command, cwd=ROOT, start_new_session=True) as process:
            try:
                status = process.wait(seconds)
                note = f"failed with status {status}" if status else "complete"
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 15)
                note = f"ended at its limit of {seconds} s"
        print(f"\n({name}: {note}, {time.monotonic() - started:.0f} s)\n", flush=True)


def machine() -> None:
    """Print what the figures belong to."""
    card = torch.cuda.get_device_properties(0)
    driver = Path("/sys/module/nvidia/version")
    version = driver.read_text(encoding="ascii").strip() if driver.exists() else "unknown"
    print(
        f"{card.name}, {card.total_memory / 2**30:.0f} GiB, driver {version}; torch {torch.__version__}, ",
        end="",
    )
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, Linux {platform.release()}")


def opening() -> None:
    """Print the time of a child process, without a GPU and with an open one, and its memory."""
    base = statistics.median(import_torch() for _ in range(3))
    course, config = load(SHIPPED), Config(course=str(SHIPPED))
    allocation, images = allocate_gpu(config), image_folder(config, course)
    with sandbox_server(course, images, gpu_allocation=allocation) as there:
        print(f"layers of the sandbox: {', '.join(there.layers)}")
        plain, opened, memory = [], [], []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            there.fork().close()
            plain.append(time.perf_counter() - started)
            free, started = torch.cuda.mem_get_info()[0], time.perf_counter()
            with there.fork(ON_GPU) as child:
                problem = opening_problem(child)
                if problem:
                    sys.exit(f"CUDA can't be started in the sandbox: {problem}")
                opened.append(time.perf_counter() - started)
                memory.append(free - torch.cuda.mem_get_info()[0])
    print("\n| a child, forked and confined | seconds | of `import torch` | memory of the GPU |")
    print("|---|---|---|---|")
    for name, seconds in (
        ("without a GPU", statistics.median(plain)),
        ("with the GPU open", statistics.median(opened)),
    ):
        used = f"{statistics.median(memory) / 2**20:.0f} MiB" if name.startswith("with the") else ""
        print(f"| {name} | {seconds:.2f} | {seconds / base:.2f} | {used} |")


def a_class() -> None:
    """Print the seconds a submission of the whole course, by device and number of workers."""
    cores = os.cpu_count() or 1
    settings = [
        (CUDA, min(USUAL_SHARING, cores)),
        (CPU, cores),
        (CUDA, cores),
        (CUDA, 4),
        (CUDA, 2),
        (CUDA, 1),
    ]
    print("| device | workers | seconds a submission | submissions an hour |")
    print("|---|---|---|---|")
    for device, jobs in dict.fromkeys(settings):
        seconds = a_submission(device, jobs)
        print(f"| {device} | {jobs} | {seconds:.2f} | {3600 / seconds:.0f} |", flush=True)


def a_submission(device: str, jobs: int) -> float:
    """Return the seconds by which reports follow each other, once each worker has written its first."""
    count = EACH * jobs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(count):
            for path in (ROOT / "reference").glob("ch*/*.py"):
                target = folder / "class" / f"student{number}" / path.name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
        options = ["--jobs", str(jobs), "--device", device, "--seed", "1", "--out", str(folder / "out")]
        seconds_of([script("grader"), "grade", str(folder / "class"), *options], folder)
        written = sorted(path.stat().st_mtime for path in folder.glob("out/submissions/*/report.json"))
    return (written[-1] - written[jobs - 1]) / (count - jobs)


def sandbox() -> None:
    """Run the tests of grading on a real GPU."""
    run_tests("tests/gpu/test_real_gpu_in_sandbox.py", workers=0)


def answers() -> None:
    """Run the tests of answers on a real GPU, and print how many pass."""
    run_tests("tests/gpu/test_real_gpu.py", workers=min(8, os.cpu_count() or 1))


def run_tests(path: str, *, workers: int) -> None:
    """Run tests; print those that fail, and the last line."""
    command = [sys.executable, "-m", "pytest", path, "-m", "gpu", "-q", "--tb=line", "--timeout", "120"]
    done = subprocess.run(
        [*command, "-n", str(workers)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    lines = done.stdout.strip().splitlines()
    print("\n".join([*(line for line in lines if re.match("FAILED|ERROR", line)), f"{path}: {lines[-1]}"]))


def full() -> None:
    """Print the time of checking the models on all of Fashion-MNIST, if it is available."""
    try:
        found = DEFAULT.find_full(download=True)
    except DataError as error:
        sys.exit(str(error))
    if found is None:
        sys.exit("The full Fashion-MNIST is not on this machine: training on it is not measured.")
    print("| `pytest assignments --data full`, solved | CPU, seconds | GPU, seconds |")
    print("|---|---|---|")
    for name in TRAINED.split(","):
        taken = [statistics.median(solved(name, device) for _ in range(3)) for device in (CPU, CUDA)]
        print(f"| `--only {name}` | " + " | ".join(f"{one:.1f}" for one in taken) + " |", flush=True)


def solved(name: str, device: str) -> float:
    """Return the seconds that checking the reference's answer takes."""
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        shutil.copytree(ROOT / "assignments", root / "assignments")
        for path in (ROOT / "reference").glob("ch*/*.py"):
            shutil.copy(path, root / "assignments" / path.parent.name / path.name)
        command: Sequence[str] = ["-m", "pytest", "-q", "assignments", "--only", name, "--data", "full"]
        return seconds_of([sys.executable, *command, "--device", device], root)


PARTS: Final[dict[str, tuple[Callable[[], None], int]]] = {
    "machine": (machine, 20),
    "opening": (opening, 50),
    "class": (a_class, 190),
    "sandbox": (sandbox, 90),
    "answers": (answers, 120),
}
"""The parts of the page, each with its time limit in seconds: less than eight minutes together."""
BY_HAND: Final[dict[str, Callable[[], None]]] = {"full": full}

if __name__ == "__main__":
    main()
