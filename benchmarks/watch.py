"""Time from a save to the verdict of `grader watch softmax`, as a multiple of `import torch`."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

from timing import compare, script, solved

VERDICT = b" passed"
READY = b"Ctrl-C ends."
WARM = 10.0


def main() -> None:
    """Print the measurements."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (answers,) = solved(folder).glob("*/softmax_regression_scratch.py")
        process = subprocess.Popen(
            [script("grader"), "watch", "softmax"], cwd=folder, stdout=subprocess.PIPE, bufsize=0
        )
        until(process, READY)

        def save_to_verdict() -> float:
            time.sleep(WARM)  # a student types for longer than the next process needs to get ready
            started = time.perf_counter()
            answers.write_bytes(answers.read_bytes())
            until(process, VERDICT)
            taken = time.perf_counter() - started
            until(process, READY)
            return taken

        try:
            compare("grader watch softmax, from a save to the verdict", save_to_verdict, 0.2)
        finally:
            process.terminate()
            process.wait()


def until(process: subprocess.Popen[bytes], text: bytes) -> None:
    """Read output until it contains a text."""
    seen = b""
    while text not in seen:
        byte = process.stdout.read(1) if process.stdout else b""
        if not byte:
            raise SystemExit("grader watch has ended")
        seen += byte


if __name__ == "__main__":
    main()
