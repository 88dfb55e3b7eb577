"""Run the cells of one session in a temporary folder, and keep their results."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.matrix.environments import CONDITIONS, ENVIRONMENTS
from tests.matrix.installing import ROOT, InstallFailed, Workshop
from tests.matrix.interpreters import NotRun, may_run

if TYPE_CHECKING:
    from typing import Self

    from tests.matrix.environments import Condition, Environment

RESULTS: Final = ROOT / "out" / "matrix"
LIMIT: Final = 1500
"""Seconds for one cell."""
NOBODY: Final = "nobody"
"""The user that root becomes where somebody else is needed."""


class Cells:
    """The cells of one session. As a context manager it removes the environment at the end.

    Args:
        name: the session's.
        environment: what is installed in its folder.

    Attributes:
        failed: the cells that failed.
        not_run: why the session could not run, or empty.

    """

    def __init__(self, name: str, environment: Environment) -> None:
        self.name = name
        self.environment = environment
        self.failed: list[str] = []
        self.not_run = ""
        self.chosen = {part for part in os.environ.get("MATRIX_CONDITIONS", "").split(",") if part}
        if not self.chosen:
            for old in RESULTS.glob(f"{name}+*.json"):
                old.unlink()

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="gradbook-matrix-"))
        # Other users run there, too.
        self.folder.chmod(0o755)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if "MATRIX_KEEP" in os.environ:
            print(f"Kept: {self.folder}")
        else:
            shutil.rmtree(self.folder)
        if isinstance(error, NotRun):
            self.not_run = str(error)
            self.write("none", self.environment.title, {"not_run": self.not_run})
        elif isinstance(error, InstallFailed):
            self.failed.append("installation")
            self.write("none", self.environment.title, {"broken": str(error)})
        return isinstance(error, (NotRun, InstallFailed))

    def workshop(self) -> Workshop:
        """Return the folder in which the environment is made. Raises `NotRun`."""
        return Workshop(self.folder, self.environment)

    def run(self, python: Path, name: str, title: str = "", home: Path | None = None) -> None:
        """Run the smoke test under a condition.

        Args:
            python: that of the environment.
            name: the condition's.
            title: what the table says, where that isn't the environment's own title.
            home: the HOME, where that isn't the condition's.

        """
        if self.chosen and name not in self.chosen:
            return
        condition = CONDITIONS[name]
        row = ": ".join(part for part in (title or self.environment.title, condition.title) if part)
        print(row, flush=True)
        try:
            result = self.smoke(python, condition, home)
        except NotRun as reason:
            result = {"not_run": str(reason)}
        cell = name if not title else "".join(letter if letter.isalnum() else "-" for letter in title)
        self.write(cell, row, result)
        if "broken" in result or any(step["status"] != "ok" for step in result.get("steps", {}).values()):
            self.failed.append(cell)

    def smoke(self, python: Path, condition: Condition, home: Path | None) -> dict[str, Any]:
        """Return what the smoke test wrote, or why there is nothing."""
        as_user: dict[str, Any] = {}
        course = self.folder / condition.course
        if not course.exists():
            (self.folder / "course").rename(course)
        private = Path(tempfile.mkdtemp(prefix="cell-", dir=self.folder))
        work = private / condition.work
        work.mkdir()
        if condition.other_user:
            home = private / "home"
            home.mkdir(mode=condition.home_mode)
            if os.geteuid() == 0:
                if not may_run(python):
                    raise NotRun(f"the user {NOBODY} may not run the Python that is installed here")
                user, group = ids_of(NOBODY)
                as_user = {"user": user, "group": group, "extra_groups": []}
                # Under a strict umask only the owner can read what was installed.
                strict = self.environment.umask & 0o077
                owned = [self.folder, *self.folder.rglob("*")] if strict else [private, work, home]
                for path in owned:
                    os.chown(path, *ids_of(NOBODY), follow_symlinks=False)
        result = private / "result.json"
        paths = (self.folder / "smoke.py", course, self.folder / "sample_class.toml", work, result)
        command: list[str | Path] = [python, *paths, *condition.options]
        try:
            done = subprocess.run(
                command, cwd=work, env=variables(python, condition, home), umask=self.environment.umask,
                timeout=LIMIT, check=False, **as_user,
            )  # fmt: skip
        except (subprocess.TimeoutExpired, OSError) as error:
            return {"broken": f"the smoke test itself failed: {error}"}
        if not result.exists():
            return {"broken": f"the smoke test itself failed, with exit status {done.returncode}"}
        return dict(json.loads(result.read_text(encoding="utf-8")))

    def write(self, cell: str, title: str, result: dict[str, Any]) -> None:
        """Keep a result."""
        RESULTS.mkdir(parents=True, exist_ok=True)
        order = [*ENVIRONMENTS, self.name].index(self.name)
        whole = {
            "order": order,
            "at": time.time(),
            "title": title,
            "date": time.strftime("%Y-%m-%d"),
            **result,
        }
        text = json.dumps(whole, indent=1, ensure_ascii=False)
        (RESULTS / f"{self.name}+{cell}.json").write_text(text, encoding="utf-8")


def variables(python: Path, condition: Condition, home: Path | None) -> dict[str, str]:
    """Return the environment variables of a cell: as if the environment had been activated."""
    env = {**os.environ, "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}"}
    for name in ("PYTEST_ADDOPTS", "PYTHONPATH", "VIRTUAL_ENV", *condition.env):
        env.pop(name, None)
    env |= {name: value for name, value in condition.env.items() if value is not None}
    if home is not None:
        env["HOME"] = str(home)
    return env


def ids_of(user: str) -> tuple[int, int]:
    """Return the numbers of a user and of their own group."""
    import pwd

    entry = pwd.getpwnam(user)
    return entry.pw_uid, entry.pw_gid
