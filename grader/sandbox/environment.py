"""Where a server runs: its command line, its environment, and the folders that it is told of."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from grader import PACKAGE
from grader.sandbox import bubblewrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.sandbox.gpu import Gpu

_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)
"""A library that starts threads in the server would leave its children locks that nobody releases."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a server runs, in the paths that it sees itself.

    Args:
        course: the folder of the views.
        box: the folder to write in.
        packages: the folder that holds the `grader` package and nothing else.
        views: what the course folder shows, by the name it has there.
        gpu: the GPU that is there, if any.
        sandboxed: whether bubblewrap builds all this.
    """

    course: str
    box: str
    packages: str
    views: Mapping[str, Path]
    gpu: Gpu | None
    sandboxed: bool

    def command(self, *command: str) -> list[str]:
        """The command line that runs `command` here, which begins with the interpreter.

        Raises:
            SandboxUnavailable: there is no bubblewrap.
        """
        return bubblewrap.sandboxed(list(command), self.views, self.gpu) if self.sandboxed else list(command)

    def environment(self, extra: Mapping[str, str]) -> dict[str, str]:
        """The whole environment: nothing comes from the grader's own."""
        return {
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "USER": "student",
            "LOGNAME": "student",
            "HOME": self.box,
            "TMPDIR": self.box,
            "MPLCONFIGDIR": self.box,
            "MPLBACKEND": "agg",
            "PYTHONPATH": self.packages,
            "PYTHONSAFEPATH": "1",
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "GRADBOOK_COURSE": self.course,
            **_ONE_THREAD,
            **bubblewrap.package_environment(),
            **self._cuda(),
            **extra,
        }

    def _cuda(self) -> dict[str, str]:
        """What tells CUDA which GPU is meant, and the loader where the driver's libraries are."""
        if self.gpu is None:
            return {}
        return {"CUDA_VISIBLE_DEVICES": self.gpu.name, "LD_LIBRARY_PATH": ":".join(self.gpu.libraries)}

    def readable(self) -> tuple[str, ...]:
        """The files and folders that code here has to read, for who allows nothing else."""
        shown = [*bubblewrap.python_files(), Path(self.course), Path(self.packages)]
        if self.gpu is not None:
            shown += [Path("/proc"), *map(Path, self.gpu.folders)]
        if not self.sandboxed:  # what its links lead to
            shown += [path.resolve() for path in (PACKAGE, *self.views.values())]
        return tuple(str(path) for path in shown)

    @property
    def user(self) -> int | None:
        """Whom the server is to become first."""
        return bubblewrap.NOBODY if self.sandboxed and os.geteuid() == 0 else None


@contextmanager
def workplace(views: Mapping[str, Path], *, gpu: Gpu | None = None, sandboxed: bool) -> Iterator[Workplace]:
    """A place for one server: bubblewrap's, or without it a temporary folder with links to what it needs.

    Raises:
        ValueError: a view's name is no relative path, or what it names is not there.
    """
    for name, path in views.items():
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or name in {"", "."}:
            raise ValueError(f"a view is named by a path below the course folder, not {name!r}")
        if not path.exists():
            raise ValueError(f"the view {name!r} shows {path}, which does not exist")
    if sandboxed:
        yield Workplace(bubblewrap.COURSE, bubblewrap.BOX, bubblewrap.PACKAGES, views, gpu, sandboxed=True)
        return
    with tempfile.TemporaryDirectory(prefix="gradbook-") as folder:
        course, box, packages = (Path(folder, name) for name in ("course", "box", "packages"))
        links = {course / name: path for name, path in views.items()}
        links[packages / "grader"] = PACKAGE
        for place in (course, box, packages, *(link.parent for link in links)):
            place.mkdir(parents=True, exist_ok=True)
        for link, path in links.items():
            link.symlink_to(path.resolve())
        yield Workplace(str(course), str(box), str(packages), views, gpu, sandboxed=False)
