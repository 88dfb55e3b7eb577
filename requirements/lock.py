"""Write the lock files beside this script again: `make lock`.

pip-compile resolves what pyproject.toml requires, with torch as constraints.txt pins it, and lists the hashes
of all files that PyPI has of each version. What belongs to torch for CUDA goes to a file of its own: machines
without a GPU install torch's build for CPUs, which isn't on PyPI, and need none of it. Use the oldest Python
that Gradbook supports: newer ones can install the same versions.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
OLDEST = (3, 11)
CUDA = re.compile(r"(torch|torchvision|triton|nvidia-[a-z0-9-]+|cuda-[a-z]+)==")
"""Packages of torch's build for CUDA."""
HEADERS = {
    "grading.txt": (
        "What `grader grade` needs besides torch, with hashes, for Linux.",
        "Install torch as constraints.txt pins it, then `pip install --require-hashes -r grading.txt`.",
    ),
    "torch-cuda.txt": (
        "torch for CUDA as it is on PyPI, with hashes, for Linux:",
        "`pip install --require-hashes -r torch-cuda.txt -r grading.txt`.",
        "Without a GPU, install the build for CPUs instead: it is gigabytes smaller.",
    ),
}


def main() -> None:
    """Resolve, split, and write both files."""
    if sys.version_info[:2] != OLDEST:
        print(f"This is Python {sys.version.split()[0]}; locks are made with {OLDEST[0]}.{OLDEST[1]}.")
    blocks = resolved()
    cuda = [block for block in blocks if CUDA.match(block)]
    for name, chosen in (
        ("grading.txt", [block for block in blocks if block not in cuda]),
        ("torch-cuda.txt", cuda),
    ):
        lines = (*HEADERS[name], "Written by `make lock`; don't edit it.")
        header = "\n".join(f"# {line}" for line in lines)
        (HERE / name).write_text(f"{header}\n{''.join(chosen)}", encoding="utf-8")


def resolved() -> list[str]:
    """Return each package's lines, in the order of their names."""
    # Only PyPI counts: a machine's own wheels have other hashes.
    env = {
        name: value for name, value in os.environ.items() if not name.startswith("PIP_") or name == "PIP_CERT"
    }
    env["PIP_CONFIG_FILE"] = os.devnull
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "all.txt"
        command = [
            sys.executable, "-m", "piptools", "compile", "--quiet", "--generate-hashes", "--allow-unsafe",
            "--strip-extras", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links",
            "--no-emit-trusted-host", "--build-deps-for", "wheel",
            "--constraint", str(ROOT / "constraints.txt"),
            "--output-file", str(out), str(ROOT / "pyproject.toml"),
        ]  # fmt: skip
        subprocess.run(command, cwd=ROOT, env=env, check=True)
        text = out.read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)
    return [block for block in blocks if "--hash" in block]


if __name__ == "__main__":
    main()
