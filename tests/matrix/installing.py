"""Make a throw-away environment from a wheel of this tree, with a copy of the course beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.matrix.interpreters import interpreter, is_externally_managed

if TYPE_CHECKING:
    from tests.matrix.environments import Environment

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = ("grader", "pyproject.toml", "README.md", "LICENSE")
CONSTRAINTS: Final = ("--constraint", str(ROOT / "constraints.txt"))
LIMIT: Final = 1800
"""Seconds for an installation: torch for CUDA has gigabytes."""


class InstallFailed(Exception):
    """An environment can't be made; the message says why."""


class Workshop:
    """A folder for one environment.

    Args:
        folder: an empty folder outside the repository, where no pyproject.toml lies above.
        environment: what is installed.

    Raises:
        NotRun: there is no such Python here.

    """

    def __init__(self, folder: Path, environment: Environment) -> None:
        self.folder = folder
        self.environment = environment
        self.base = interpreter(environment.python)
        self.wheel = build_wheel(folder)
        copy_course(folder / "course")
        shutil.copyfile(ROOT / "tests" / "matrix" / "smoke.py", folder / "smoke.py")
        shutil.copyfile(ROOT / "tests" / "shipped" / "sample_class.toml", folder / "sample_class.toml")

    def virtual_environment(self) -> Path:
        """Make a virtual environment with the environment's packages, and return its Python."""
        folder = self.folder / self.environment.folder
        self.do(self.base, "-m", "venv", folder)
        python = python_of(folder)
        constraints = CONSTRAINTS if self.environment.constrained else ()
        packages = (str(self.wheel), *self.environment.packages)
        self.do(python, "-m", "pip", "install", "--quiet", *constraints, *packages)
        return python

    def user_install(self, home: Path) -> Path:
        """Install for a user whose HOME this is, and return the Python, which is that of the system."""
        options = ["--user", *(["--break-system-packages"] if is_externally_managed(self.base) else [])]
        pip: list[str | Path] = [Path(sys.executable), "-m", "pip", "--python", self.base]
        self.do(*pip, "install", "--quiet", *options, *CONSTRAINTS, self.wheel, home=home)
        return self.base

    def over_system_site(self, home: Path) -> Path:
        """Make a virtual environment that sees the packages of that user, and return its Python."""
        folder = self.folder / "venv"
        self.do(self.base, "-m", "venv", "--system-site-packages", folder, home=home)
        python = python_of(folder)
        alone = ["--no-deps", "--ignore-installed"]
        self.do(python, "-m", "pip", "install", "--quiet", *alone, self.wheel, home=home)
        return python

    def do(self, *arguments: str | Path, home: Path | None = None) -> None:
        """Run a command that sets something up. Raises `InstallFailed`."""
        env = dict(os.environ)
        if home is not None:
            env["HOME"] = str(home)
            env.pop("PYTHONUSERBASE", None)
        if not self.environment.constrained:
            # A machine's own configuration may hold versions back.
            env["PIP_CONFIG_FILE"] = os.devnull
            env.pop("PIP_CONSTRAINT", None)
        command = [str(argument) for argument in arguments]
        try:
            subprocess.run(
                command, cwd=self.folder, env=env, umask=self.environment.umask, timeout=LIMIT,
                capture_output=True, text=True, errors="replace", check=True,
            )  # fmt: skip
        except subprocess.CalledProcessError as error:
            last = (error.stderr.strip().splitlines() or [""])[-1]
            raise InstallFailed(f"{' '.join(command[1:4])} failed: {last}") from error
        except subprocess.TimeoutExpired as error:
            raise InstallFailed(f"{' '.join(command[1:4])} took longer than {LIMIT} s") from error


def build_wheel(folder: Path) -> Path:
    """Build a wheel from a copy of this tree: setuptools packs whatever a build left behind before."""
    source = folder / "source"
    source.mkdir()
    for name in SOURCES:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(path, source / name)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder)]
    subprocess.run([*command, str(source)], check=True, timeout=LIMIT)
    shutil.rmtree(source)
    (wheel,) = folder.glob("*.whl")
    return wheel


def copy_course(folder: Path) -> None:
    """Copy the course that ships, without what runs leave behind."""
    ignored = shutil.ignore_patterns("__pycache__", ".gradbook", ".hypothesis", ".pytest_cache")
    for name in ("assignments", "reference"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copyfile(ROOT / "course.toml", folder / "course.toml")


def python_of(environment: Path) -> Path:
    """Return the Python of a virtual environment."""
    return environment / ("Scripts" if os.name == "nt" else "bin") / "python"
