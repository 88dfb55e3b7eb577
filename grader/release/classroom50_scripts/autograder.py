"""Run by Classroom 50 for each submission, in the student's checkout; it writes `result.json` there.

A status other than 0 says that grading failed, which is no mark. What this file lies beside is published with
the
classroom: it has the checks that students have, and no solutions.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULT = "result.json"
WRITTEN = (RESULT, "release-body.md", "feedback.html")
TORCH = "https://download.pytorch.org/whl/cpu"


def installed(work: Path) -> Path:
    """Install the grader into an environment of its own, and return the folder of its programs."""
    given = os.environ.get("GRADBOOK_BIN")
    if given:
        return Path(given)
    subprocess.run([sys.executable, "-m", "venv", work / "venv"], check=True)
    programs, source = work / "venv" / "bin", HERE / "gradbook"
    requests = [
        ["--no-deps", "--index-url", TORCH, "-r", source / "constraints.txt"],
        ["--require-hashes", "-r", source / "requirements" / "grading.txt"],
        ["--no-deps", "--no-build-isolation", source],
    ]
    if (source / "packages.txt").is_file():
        requests.append(["-r", source / "packages.txt"])
    for wanted in requests:
        arguments = ["install", "--quiet", "--no-cache-dir", *map(str, wanted)]
        subprocess.run([programs / "pip", *arguments], check=True)
    return programs


def main() -> int:
    """Grade the checkout; return 0 if there is a result."""
    checkout = Path.cwd()
    for name in WRITTEN:  # a student's own file of this name is no result
        (checkout / name).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        out = work / "out"
        command = [installed(work) / "grader", "grade", "--single", checkout, "--course", HERE / "course"]
        options = ["--out", out, "--format", "classroom50", "--sandbox", "weak", "--jobs", "1"]
        subprocess.run([*map(str, command), *map(str, options)], check=True)
        pages = [*out.glob("submissions/*/feedback.html"), out / "release-body.md", out / RESULT]
        for path in pages:
            shutil.copy(path, checkout / path.name)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"Grading failed: {error}")
