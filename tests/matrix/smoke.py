"""Run the smoke test in one environment and write the outcome as JSON.

The environment's own Python runs this, with nothing but the standard library:

    python smoke.py COURSE SAMPLE_CLASS.toml WORK RESULT.json [--files | --students]

COURSE is a folder with `assignments/`, `reference/` and `course.toml`, SAMPLE_CLASS.toml has the points that
the sample class must get, WORK is an empty folder. The steps:

- doctor: `grader doctor` finds nothing broken;
- stubs: `pytest assignments` runs on unmodified stubs;
- solved: it passes on the reference's answers to the card sections;
- grade: `grader grade` gives some members of the sample class the expected marks in these sections, and
  answers that are right in pandas 2 alone those that they have in the installed version;
- files: what needs the package's own files works.

With --files all of them run, with --students the first three, else all but the last. The exit status is 1 if
one failed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SECTIONS = {
    "2.2": "ch2_preliminaries/data_preprocessing",
    "3.4": "ch3_linear_regression/linear_regression_scratch",
    "4.4": "ch4_linear_classification/softmax_regression_scratch",
    "5.1": "ch5_multilayer_perceptrons/mlp",
}
"""The card sections, by number."""
MEMBERS = (
    "alice.ipynb", "bora", "chen.zip", "dmitri.tgz", "elif.py", "hana.py", "jun.py", "noor.py", "quinn.ipynb",
)  # fmt: skip
"""Members of the sample class that end soon: notebooks, files, a folder and archives, right and wrong."""
SEED = "20261122"
LIMIT = 600
"""Seconds that a command may take, on a slow and busy machine."""
PACKAGES = ("gradbook", "torch", "torchvision", "numpy", "pandas", "pytest")
OF_PANDAS_2 = """
import pandas as pd

def encode_categories(inputs):
    return pd.get_dummies(inputs, columns=inputs.columns[inputs.dtypes == object], dummy_na=True)

def impute_with_mean(inputs):
    filled = inputs.copy()
    for name in filled.columns:
        filled[name].fillna(filled[name].mean(), inplace=True)
    return filled
"""
"""Answers to 2.2 that are right in pandas 2, and wrong in pandas 3."""
LENGTH = 300
"""Characters that are kept of a reason."""


class StepFailed(Exception):
    """A step did not do what it should; the message says what."""


def main() -> int:
    """Run all steps, even if one fails."""
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    course, marks, work, result = (Path(argument).resolve() for argument in arguments)
    steps: dict[str, Callable[[], None]] = {
        "doctor": lambda: doctor(course),
        "stubs": lambda: stubs(course, work / "stubs"),
        "solved": lambda: solved(course, work / "solved"),
    }
    if "--students" not in sys.argv:
        steps["grade"] = lambda: grade(course, marks, work / "grade")
    if "--files" in sys.argv:
        steps["files"] = lambda: files(course, work / "files")
    outcomes = {}
    for name, step in steps.items():
        outcomes[name] = outcome(step)
        print(f"  {name}: {outcomes[name]['status']} {outcomes[name]['reason']}", flush=True)
    versions = {"python": sys.version.split()[0], **{name: version_of(name) for name in PACKAGES}}
    text = json.dumps({"date": time.strftime("%Y-%m-%d"), "versions": versions, "steps": outcomes}, indent=1)
    result.write_text(text, encoding="utf-8")
    return int(any(one["status"] != "ok" for one in outcomes.values()))


def outcome(step: Callable[[], None]) -> dict[str, object]:
    """Return how a step ended, with the reason and the seconds that it took."""
    start = time.monotonic()
    status, reason = "ok", ""
    try:
        step()
    except (StepFailed, OSError) as error:
        status, reason = "failed", " ".join(str(error).split())[:LENGTH]
    return {"status": status, "reason": reason, "seconds": round(time.monotonic() - start, 1)}


def version_of(name: str) -> str:
    """Return the version of a package, or an empty text."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def doctor(course: Path) -> None:
    """Ask for what is broken where the course is: there the sandbox counts, too."""
    done = run(command("grader"), "doctor", cwd=course)
    broken = [line for line in done.stdout.splitlines() if line.startswith(("✗", "x "))]
    if broken or done.returncode != 0:
        raise StepFailed(broken[0] if broken else said(done))


def stubs(course: Path, work: Path) -> None:
    """Run the checks on a student's fresh copy."""
    student(course, work)
    done = run(command("pytest"), "assignments", cwd=work)
    if done.returncode not in {0, 1} or not re.search(r"\d+ to do in ", done.stdout):
        raise StepFailed(said(done))
    if re.search(r"^=.*\d+ (failed|errors?)", done.stdout, re.MULTILINE):
        raise StepFailed(last_line(done.stdout))


def solved(course: Path, work: Path) -> None:
    """Run the checks of the card sections on the reference's answers."""
    student(course, work)
    checks = []
    for section in SECTIONS.values():
        chapter, _, module = section.partition("/")
        shutil.copyfile(course / "reference" / f"{section}.py", work / "assignments" / f"{section}.py")
        checks.append(f"assignments/{chapter}/test_{module}.py")
    done = run(command("pytest"), *checks, cwd=work)
    if done.returncode != 0:
        raise StepFailed(last_line(done.stdout) or said(done))


def grade(course: Path, marks: Path, work: Path) -> None:
    """Grade some members of the sample class and compare their marks with those recorded."""
    members = work / "class"
    members.mkdir(parents=True)
    for member in MEMBERS:
        source = course / "reference" / "sample_class" / member
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, members / member)
    exercises = {section: declared(course, path) for section, path in SECTIONS.items()}
    only = ",".join(name for names in exercises.values() for name in names)
    out = work / "out"
    grading: list[str | Path] = [
        "grade",
        members,
        "--course",
        course,
        "--out",
        out,
        "--only",
        only,
        "--seed",
        SEED,
    ]
    done = run(command("grader"), *grading, cwd=work)
    if done.returncode != 0:
        raise StepFailed(said(done))
    table = tomllib.loads(marks.read_text(encoding="utf-8"))
    wrong = [
        difference
        for member in MEMBERS
        for difference in differences(out, member.partition(".")[0], table, exercises)
    ]
    if wrong:
        raise StepFailed("; ".join(wrong))
    of_pandas_2(course, work / "pandas")


def of_pandas_2(course: Path, work: Path) -> None:
    """Grade answers that are right in pandas 2 alone, in a course that declares the installed pandas."""
    declaring = work / "course"
    shutil.copytree(course, declaring)
    is_old = int(version_of("pandas").partition(".")[0]) < 3
    toml = declaring / "course.toml"
    required = "pandas<3" if is_old else "pandas>=3"
    toml.write_text(f'packages = ["{required}"]\n{toml.read_text(encoding="utf-8")}', encoding="utf-8")
    (work / "answers.py").write_text(OF_PANDAS_2, encoding="utf-8")
    only = ["encode_categories", "impute_with_mean"]
    done = run(
        command("grader"), "grade", work / "answers.py", "--course", declaring, "--out", work / "out",
        "--only", ",".join(only), cwd=work,
    )  # fmt: skip
    if done.returncode != 0:
        raise StepFailed(said(done))
    report = json.loads((work / "out" / "submissions" / "answers" / "report.json").read_text("utf-8"))
    statuses = {exercise["name"]: exercise["status"] for exercise in report["exercises"]}
    if statuses != dict.fromkeys(only, "correct" if is_old else "incorrect"):
        raise StepFailed(f"with {required}: {statuses}")


def declared(course: Path, section: str) -> list[str]:
    """Return the exercises of a section, as its checks file declares them."""
    chapter, _, module = section.partition("/")
    text = (course / "assignments" / chapter / f"test_{module}.py").read_text(encoding="utf-8")
    return re.findall(r"^(\w+) = exercise\(", text, re.MULTILINE)


def differences(
    out: Path, member: str, table: dict[str, dict[str, object]], exercises: dict[str, list[str]]
) -> list[str]:
    """Return where a report differs from the row of its submission in the table of expected marks."""
    report = json.loads((out / "submissions" / member / "report.json").read_text(encoding="utf-8"))
    expected = expected_marks(table[member], exercises)
    found = []
    for exercise in report["exercises"]:
        status, points = expected.get(exercise["name"], ("missing", 0.0))
        points = exercise["max_points"] if status == "correct" else points
        if (exercise["status"], exercise["points"]) != (status, points):
            found.append(
                f"{member}, {exercise['name']}: {exercise['status']} with {exercise['points']} points, "
                f"expected {status} with {points}"
            )
    bonus = table[member].get("bonus", 0)
    if report["bonus"] != bonus:
        found.append(f"{member}: a bonus of {report['bonus']}, expected {bonus}")
    if len(report["exercises"]) != sum(map(len, exercises.values())):
        found.append(f"{member}: {len(report['exercises'])} exercises in the report")
    return found


def expected_marks(row: dict[str, object], exercises: dict[str, list[str]]) -> dict[str, tuple[str, float]]:
    """Return the status and the points of each exercise that a row of the table names."""
    expected: dict[str, tuple[str, float]] = {}
    for status, names in row.items():
        if isinstance(names, list):
            named = [one for name in names for one in exercises.get(name, [name])]
            expected |= dict.fromkeys(named, (status, 0.0))
    partial = row.get("partial")
    if isinstance(partial, dict):
        expected |= {name: ("partial", points) for name, points in partial.items()}
    return expected


def files(course: Path, work: Path) -> None:
    """Use the templates and scripts that come with the package, and ask for a course where there is none."""
    work.mkdir(parents=True)
    done = run(command("grader"), "grade", course / "reference" / "sample_class", "--out", "out", cwd=work)
    errors = done.stderr.strip().splitlines()
    if done.returncode != 2 or len(errors) != 1 or "--course" not in errors[0]:
        raise StepFailed(f"without --course: {done.stderr}")
    done = run(command("grader"), "release", work / "released", "--course", course, cwd=work)
    released = [work / "released" / name for name in ("README.md", "pyproject.toml", "grader/laws.py")]
    if done.returncode != 0 or not all(path.is_file() for path in released):
        raise StepFailed(f"grader release: {said(done)}")
    section = ["--module", "scaling", "--section", "6.1", "--title", "Scaling", "--chapter", "ch6_scaling"]
    done = run(
        command("grader"), "new-exercise", "scale", *section, "--course", work / "new course", cwd=work
    )
    if done.returncode != 0:
        raise StepFailed(f"grader new-exercise: {said(done)}")
    pages = course / "reference" / "sample_class" / "hana.py"
    done = run(
        command("grader"), "grade", pages, "--course", course, "--out", "pages", "--only", "relu", cwd=work
    )
    if done.returncode != 0 or not list((work / "pages").rglob("feedback.html")):
        raise StepFailed(f"feedback.html: {said(done)}")


def student(course: Path, work: Path) -> None:
    """Make a student's copy of the course: without its reference."""
    work.mkdir(parents=True)
    shutil.copytree(course / "assignments", work / "assignments")
    shutil.copyfile(course / "course.toml", work / "course.toml")


def command(name: str) -> Path:
    """Return the console script of this environment, or that of the user's site."""
    user = sysconfig.get_path("scripts", sysconfig.get_preferred_scheme("user"))
    for folder in (sysconfig.get_path("scripts"), user):
        for path in (Path(folder) / name, Path(folder) / f"{name}.exe"):
            if path.exists():
                return path
    raise StepFailed(f"there is no command {name} in {sysconfig.get_path('scripts')}")


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command and return what it wrote. Raises `StepFailed` after the time limit."""
    process = subprocess.Popen(
        [str(argument) for argument in arguments], cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, encoding="utf-8", errors="replace", start_new_session=True,
    )  # fmt: skip
    try:
        out, errors = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired as expired:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise StepFailed(f"{Path(arguments[0]).name} took longer than {LIMIT} s") from expired
    return subprocess.CompletedProcess(arguments, process.returncode, out, errors)


def said(done: subprocess.CompletedProcess[str]) -> str:
    """Return the exit status of a command and the end of what it wrote, its errors first."""
    text = done.stderr if done.stderr.strip() else done.stdout
    lines = [line for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"(\w+\.)*\w*(Error|Exception)\b|.*not graded", line)]
    return f"exit status {done.returncode}: {(errors or lines or [''])[-1].strip()}"


def last_line(text: str) -> str:
    """Return the last line that isn't empty, without the ruler around it."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip("= ") if lines else ""


if __name__ == "__main__":
    sys.exit(main())
