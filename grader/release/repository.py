"""The git repository of a release: created with the first release, with a commit for each one."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FALLBACK_AUTHOR: Final = ("-c", "user.name=Gradbook", "-c", "user.email=gradbook@localhost")
"""The author of commits if git has no user.email."""
SETTINGS: Final = (f"core.hooksPath={os.devnull}", "core.fsmonitor=false", "commit.gpgSign=false")
"""Settings with which git runs no other program and asks for nothing."""
TIMEOUT: Final = 120
"""Seconds that one git command may take."""
FOREIGN_VARIABLES: Final = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"}
)
"""Variables that point git to another repository: they are set if one of its hooks started this process."""


class GitFailed(Exception):
    """A git command failed; the message is git's."""


def is_installed() -> bool:
    """Return whether git is installed."""
    return shutil.which("git") is not None


def is_repository(folder: Path) -> bool:
    """Return whether a folder is the top folder of a repository."""
    return (folder / ".git").exists()


def has_commits(folder: Path) -> bool:
    """Return whether a repository has any commit."""
    return bool(_git(folder, "rev-list", "--all", "--max-count=1").strip())


def is_clean(folder: Path) -> bool:
    """Return whether everything in a repository is committed or ignored."""
    return not _git(folder, "status", "--porcelain", "--untracked-files=all").strip()


def initialize(folder: Path) -> None:
    """Make a folder a repository without commits."""
    _git(folder, "init", "--quiet", "--template=", "--initial-branch=main")


def commit(folder: Path, paths: Iterable[str], message: str) -> bool:
    """Commit the changes of these files; return whether there were any."""
    paths_input = "\0".join(paths)
    # Forced, because a machine's own ignore rules must not leave out released files.
    _git(
        folder,
        "add",
        "--force",
        "--all",
        "--pathspec-from-file=-",
        "--pathspec-file-nul",
        standard_input=paths_input,
    )
    if not _git(folder, "diff", "--cached", "--name-only").strip():
        return False
    email = _git(folder, "config", "--default", "", "user.email").strip()
    author = () if email else FALLBACK_AUTHOR
    _git(folder, *author, "commit", "--quiet", "--no-verify", f"--message={message}")
    return True


def _git(folder: Path, *arguments: str, standard_input: str = "") -> str:
    """Run git in a folder, and return its standard output. Raises `GitFailed`."""
    settings = [word for setting in SETTINGS for word in ("-c", setting)]
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN_VARIABLES}
    done = subprocess.run(
        ["git", "--literal-pathspecs", *settings, *arguments],  # noqa: S607 - the git on PATH
        cwd=folder, env=environment, input=standard_input, capture_output=True, text=True, check=False,
        timeout=TIMEOUT, encoding="utf-8",
    )  # fmt: skip
    if done.returncode != 0:
        raise GitFailed(done.stderr.strip() or f"git {arguments[0]} failed")
    return done.stdout
