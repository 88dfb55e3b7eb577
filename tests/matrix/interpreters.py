"""The Pythons of this machine, found by name on PATH and in MATRIX_PYTHONS."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.matrix.environments import PYTHONS

if TYPE_CHECKING:
    from collections.abc import Iterator

ASK: Final = (
    "import sys, sysconfig;"
    "print('3.%d' % sys.version_info[1], sys._base_executable, sysconfig.get_path('stdlib'), sep='\\n')"
)
"""Through a shim, or from within a virtual environment, to the installed one."""


class NotRun(Exception):
    """A cell that this machine can't run; the message says why."""


def interpreter(wanted: str) -> Path:
    """Return a Python of this version, rather one that everybody may run. Raises `NotRun`."""
    version = wanted or f"3.{sys.version_info.minor}"
    found = [path for minor, path in interpreters() if minor == version]
    if not found:
        raise NotRun(f"no python{version} found on PATH or in MATRIX_PYTHONS")
    return next((path for path in found if may_run(path)), found[0])


def interpreters() -> Iterator[tuple[str, Path]]:
    """Yield the version and the path of each interpreter that starts."""
    named = [Path(path) for path in os.environ.get("MATRIX_PYTHONS", "").split(os.pathsep) if path]
    on_path = [Path(folder) / f"python{version}" for version in PYTHONS for folder in os.get_exec_path()]
    seen = set()
    for path in [*named, *on_path, Path(sys.executable)]:
        if path.exists() and (answer := ask(path)):
            version, executable, _ = answer
            if executable not in seen:
                seen.add(executable)
                yield version, Path(executable)


def ask(python: Path) -> list[str]:
    """Return the version, the installed executable and the library's folder; nothing if it doesn't start."""
    done = subprocess.run([python, "-I", "-c", ASK], capture_output=True, text=True, timeout=60, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []


def is_externally_managed(python: Path) -> bool:
    """Return whether pip needs --break-system-packages, as on Debian."""
    return (Path(ask(python)[2]) / "EXTERNALLY-MANAGED").exists()


def may_run(path: Path) -> bool:
    """Return whether everybody may run a program."""
    real = path.resolve()
    return all(stat.S_IXOTH & part.stat().st_mode for part in (real, *real.parents))
