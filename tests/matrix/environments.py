"""The environments of the matrix, and the conditions under which the smoke test runs in them."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")
"""The versions of Python that Gradbook is written for."""
THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class Condition:
    """How the process of the smoke test differs from one that is started in a shell.

    Args:
        title: what the table says of it.
        env: changed environment variables; `None` removes one.
        options: of the smoke test.
        course: the folder with the course.
        work: the folder it runs in.
        other_user: run as somebody who isn't root, with a HOME of their own.
        home_mode: the permissions of that HOME.

    """

    title: str = ""
    env: Mapping[str, str | None] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    course: str = "course"
    work: str = "work"
    other_user: bool = False
    home_mode: int = 0o700


CONDITIONS: Final = {
    "plain": Condition(),
    "files": Condition("not editable, outside the repository", options=("--files",)),
    "spaces": Condition(course="Kurs für Anfänger (2. Versuch)", work="Arbeit für 李明"),
    "threads_unset": Condition("numbers of threads not set", dict.fromkeys(THREADS)),
    "threads_16": Condition("16 threads allowed", dict.fromkeys(THREADS, "16")),
    "lang_c": Condition("LANG=C", {"LANG": "C", "LC_ALL": None, "LC_CTYPE": None}),
    # Python replaces the locale C by one of UTF-8, unless it is told not to.
    "ascii": Condition(
        "LC_ALL=C, no UTF-8 mode", {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    ),
    "no_home": Condition("HOME not set", {"HOME": None}),
    "other_user": Condition("a user who isn't root", other_user=True),
    # Root could write to it all the same.
    "home_read_only": Condition("HOME read-only", other_user=True, home_mode=0o500),
}


@dataclass(frozen=True)
class Environment:
    """A set of packages, and the conditions under which they are tried.

    Args:
        title: what the table says of it.
        packages: requirements beside Gradbook's own wheel.
        conditions: names in `CONDITIONS`: each is a cell of the matrix.
        constrained: whether constraints.txt and pip's configuration hold. Without them pip installs what
            PyPI has: on Linux, torch for CUDA.
        python: the version of Python; empty for that of the matrix itself.
        folder: the name of the environment's folder.
        umask: of the installation, and of all that runs there.

    """

    title: str
    packages: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ("plain",)
    constrained: bool = True
    python: str = ""
    folder: str = "environment"
    umask: int = 0o022


CROWD: Final = (
    "pyarrow", "scipy", "scikit-learn", "jupyterlab", "transformers", "opencv-python-headless",
)  # fmt: skip
"""Packages that are on course servers, on Colab and in Anaconda, and that Gradbook does not need."""
ENVIRONMENTS: Final = {
    "wheel": Environment(
        "the wheel, with constraints.txt",
        conditions=(
            "files", "threads_unset", "threads_16", "lang_c", "ascii", "no_home", "other_user",
            "home_read_only",
        ),
    ),
    # Not as root: root runs student code as another user, who could read nothing of what is installed.
    "umask": Environment("installed and run under umask 077", conditions=("other_user",), umask=0o077),
    "spaces": Environment(
        "spaces and non-ASCII letters in all paths", conditions=("spaces",), folder="Übungen für 딥러닝"
    ),
    "pandas2": Environment("pandas 2", ("pandas<3",)),
    "crowded": Environment(f"with {', '.join(CROWD)}", CROWD),
    "oldest": Environment("the oldest torch", ("torch==2.6.*", "torchvision==0.21.*"), constrained=False),
    "cuda": Environment(
        "torch for CUDA, no card", ("torch==2.12.1", "torchvision==0.27.*"), constrained=False
    ),
    "newest": Environment("the newest of everything", constrained=False),
    **{
        f"python{version}": Environment(f"Python {version}", python=version)
        for version in PYTHONS
        if version != f"3.{sys.version_info.minor}"
    },
}  # fmt: skip
"""By the name of their session: `nox --session crowded`."""
USER: Final = Environment("pip install --user")
SYSTEM_SITE: Final = "a virtual environment with --system-site-packages"
"""What the table says of the one that sees the packages of `USER`."""
