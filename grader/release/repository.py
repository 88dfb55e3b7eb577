"""The git repository of a release: made with it, and with a commit for each release."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NOBODY: Final = ("-c", "user.name=Gradbook", "-c", "user.email=gradbook@localhost")
"""Who commits, where git doesn't know who is at work."""
UNDISTURBED: Final = (f"core.hooksPath={os.devnull}", "core.fsmonitor=false", "commit.gpgSign=false")
"""Settings with which nothing else is run, and nobody is asked for anything."""
SECONDS: Final = 120
ELSEWHERE: Final = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"}
)
"""Variables that tell git of another repository, where this process was started by one of its hooks."""


class GitFailed(Exception):
    """git did not do what it was asked to; the message is its own."""


def is_installed() -> bool:
    """Return whether there is git on this machine."""
    return shutil.which("git") is not None


def is_repository(folder: Path) -> bool:
    """Return whether a folder is the top of a repository."""
    return (folder / ".git").exists()


def has_commits(folder: Path) -> bool:
    """Return whether a repository has any history."""
    return bool(_git(folder, "rev-list", "--all", "--max-count=1").strip())


def is_clean(folder: Path) -> bool:
    """Return whether everything in a repository is committed or ignored."""
    return not _git(folder, "status", "--porcelain", "--untracked-files=all").strip()


def begin(folder: Path) -> None:
    """Make a folder a repository without history."""
    _git(folder, "init", "--quiet", "--template=", "--initial-branch=main")


def commit(folder: Path, paths: Iterable[str], message: str) -> bool:
    """Commit what became of these files; return whether there was anything to commit."""
    given = "\0".join(paths)
    # Forced: whatever a machine ignores by itself, what is released belongs to it.
    _git(folder, "add", "--force", "--all", "--pathspec-from-file=-", "--pathspec-file-nul", given=given)
    if not _git(folder, "diff", "--cached", "--name-only").strip():
        return False
    known = _git(folder, "config", "--default", "", "user.email").strip()
    who = () if known else NOBODY
    _git(folder, *who, "commit", "--quiet", "--no-verify", f"--message={message}")
    return True


def _git(folder: Path, *arguments: str, given: str = "") -> str:
    """Run git in a folder, and return what it prints. Raises `GitFailed`."""
    settings = [word for setting in UNDISTURBED for word in ("-c", setting)]
    environment = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    done = subprocess.run(
        ["git", "--literal-pathspecs", *settings, *arguments],  # noqa: S607 - whichever git there is
        cwd=folder, env=environment, input=given, capture_output=True, text=True, check=False,
        timeout=SECONDS, encoding="utf-8",
    )  # fmt: skip
    if done.returncode != 0:
        raise GitFailed(done.stderr.strip() or f"git {arguments[0]} failed")
    return done.stdout
