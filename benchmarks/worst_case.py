"""What hostile submissions cost: each no more than its budget, and the others no more than their share.

The first part grades one submission for each way to burn time, and compares what the kernel says its
processes used with the budget. The second grades a class with `grader grade`, with and without hostile
submissions before the honest ones, and compares by how much the honest ones are late with the hostile ones'
share.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from timing import script

from grader.course.course import load
from grader.execution.stopwatch import WALL_FACTOR
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.sandbox_session import GRACE
from grader.grading.worker import sandbox_server
from grader.judging.generated_cases import Exam
from grader.records.sources import Cell, SourceFile
from grader.sandbox import Child

if TYPE_CHECKING:
    from grader.sandbox import Exit

BUDGET: Final = 24
"""Seconds of one hostile submission alone; ten times less than usual, so that this takes minutes."""
CLASS_BUDGET: Final = 6
"""Seconds of each submission in the class."""
EXERCISES: Final = 16
EXERCISE_SECONDS: Final = 3
ATTEMPTS: Final = 5
HOSTILE: Final = 2
"""How many submissions of a class four times as large are hostile."""
TOLERANCE: Final = 1.1
JOBS: Final = os.cpu_count() or 1

ANSWER: Final = "def answer{0}(n):\n    return {0} * n\n"
SPINS: Final = "def answer{0}(n):\n    while True:\n        pass\n"
SLEEPS: Final = "import time\n\ndef answer{0}(n):\n    time.sleep(1e9)\n"
STUBBORN: Final = "def answer{0}(n):\n    any(iter(int, 1))\n"
THREADS: Final = """
import hashlib, threading

def answer{0}(n):
    block = bytes(2**24)
    def burn():
        while True:
            hashlib.sha256(block)
    for _ in range(20):
        threading.Thread(target=burn, daemon=True).start()
    burn()
"""
LATE: Final = """
import signal, time
import grader.execution.student_code as student_code

honest = getattr(student_code, "honest", student_code.observe_all)
student_code.honest = honest

def late(asks, *arguments, **named):
    seen = honest(asks, *arguments, **named)
    if len(asks) == 1:
        signal.pthread_sigmask(signal.SIG_BLOCK, {{signal.SIGALRM}})
        time.sleep(3 * named["seconds"] + 1.4)
    return seen

student_code.observe_all = late

def answer{0}(n):
    return {0} * n + (n > 1 and n % 7 != 0)
"""
CRASHES: Final = """
import os, time

def answer{0}(n):
    start = time.process_time()
    while time.process_time() < start + 1:
        pass
    os._exit(0)
"""
CUDA: Final = "def answer{0}(n):\n    raise RuntimeError('CUDA error: device-side assert triggered')\n"
WAYS: Final = {
    "computes without end": SPINS,
    "sleeps": SLEEPS,
    "computes in C, where nothing interrupts it": STUBBORN,
    "computes in 20 threads": THREADS,
    "answers late in the search for a smaller input": LATE,
    f"ends its process in {ATTEMPTS} attempts": CRASHES * ATTEMPTS,
    "raises what a broken GPU raises": CUDA,
}
"""How a submission burns time, with the source for one exercise of this number."""

CHECKS: Final = '''"""1.1 Multiples."""

from hypothesis import strategies as st

from grader.laws import exercise, number
'''
EXERCISE: Final = """
answer{0} = exercise(
    "answer{0}", asks="answer{0}(n)", given={{"n": st.integers(1, 10**6)}}, returns=number(),
    oracle=lambda n: {0} * n, points={{"right_values": 1}}, cases=20, seconds={1},
)
"""


class Used(NamedTuple):
    """What grading a submission took: processor time of its processes, and the clock."""

    processor: float
    wall: float


def main() -> None:
    """Print both parts; exit with status 1 if a bound does not hold."""
    with tempfile.TemporaryDirectory() as name:
        held = [*alone(Path(name)), *in_a_class(Path(name))]
    sys.exit(not all(held))


def write_course(folder: Path, budget: int) -> Path:
    """Write a course of many small exercises."""
    checks = folder / "assignments" / "ch1" / "test_multiples.py"
    checks.parent.mkdir(parents=True)
    (folder / "reference").mkdir()
    declared = "".join(EXERCISE.format(number, EXERCISE_SECONDS) for number in range(EXERCISES))
    checks.write_text(CHECKS + declared, encoding="utf-8")
    (folder / "course.toml").write_text(
        f'title = "Multiples"\npoints = {EXERCISES}\nseconds_per_submission = {budget}\n'
        '[[sections]]\nmodule = "multiples"\n',
        encoding="utf-8",
    )
    return folder


def source(template: str) -> str:
    """Return the source of a whole submission."""
    return "".join(template.format(number) for number in range(EXERCISES))


def alone(folder: Path) -> list[bool]:
    """Print what each hostile submission takes, in multiples of its budget; return which stay within it."""
    course = write_course(folder / "alone", BUDGET)
    print(f"one submission, with a budget of {BUDGET} s: used of it, at most {TOLERANCE:g}")
    with ProcessPoolExecutor(JOBS) as pool:
        used = list(pool.map(measure, [course] * len(WAYS), WAYS.values()))
    held = []
    for way, one in zip(WAYS, used, strict=True):
        ratios = one.processor / BUDGET, one.wall / (WALL_FACTOR * BUDGET)
        held.append(max(ratios) <= TOLERANCE)
        print(f"  {way}: {ratios[0]:.2f} of the processor time, {ratios[1]:.2f} of the time by the clock")
    return held


def measure(course: Path, template: str) -> Used:
    """Grade one submission, and return what the kernel says that its processes used."""
    loaded = load(course)
    ends: list[Exit] = []
    close = Child.close

    def close_and_note(child: Child) -> Exit:
        ends.append(close(child))
        return ends[-1]

    with sandbox_server(loaded, None) as server:
        grader = SubmissionGrader(loaded, Exam(1), server)
        files = [SourceFile("a.py", "multiples", (Cell(None, source(template)),))]
        Child.close = close_and_note  # type: ignore[method-assign]
        start = time.monotonic()
        grader.grade_section(loaded.sections[0], files)
        return Used(sum(one.cpu_seconds for one in ends), time.monotonic() - start)


def in_a_class(folder: Path) -> list[bool]:
    """Print by how much honest submissions are late after hostile ones, as a part of the bound."""
    course = write_course(folder / "course", CLASS_BUDGET)
    honest = 3 * HOSTILE
    without = last_honest_report(folder, course, honest, "")
    print(f"{HOSTILE} hostile submissions before {honest} honest ones, {JOBS} jobs: late, at most 1")
    held = []
    bounds = {"computes without end": CLASS_BUDGET + GRACE, "sleeps": WALL_FACTOR * CLASS_BUDGET + GRACE}
    for way, bound in bounds.items():
        late = last_honest_report(folder, course, honest, WAYS[way]) - without
        ratio = late / (HOSTILE * bound / JOBS)
        held.append(ratio <= TOLERANCE)
        print(f"  {way}: {ratio:.2f} of what their budgets allow ({late:.1f} s)")
    return held


def last_honest_report(folder: Path, course: Path, honest: int, hostile: str) -> float:
    """Grade a class; return the seconds until the last honest submission has its report."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        handed_in = Path(name) / "class"
        handed_in.mkdir()
        for number in range(honest):
            (handed_in / f"honest{number}.py").write_text(source(ANSWER), encoding="utf-8")
        for number in range(HOSTILE if hostile else 0):
            (handed_in / f"a_hostile{number}.py").write_text(source(hostile), encoding="utf-8")
        out = Path(name) / "out"
        command = [script("grader"), "grade", str(handed_in), "--out", str(out), "--jobs", str(JOBS)]
        start = time.time()
        subprocess.run([*command, "--course", str(course)], check=True, capture_output=True)
        return max(path.stat().st_mtime for path in out.glob("submissions/honest*/report.json")) - start


if __name__ == "__main__":
    main()
