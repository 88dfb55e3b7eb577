"""The environment of a server: its command line, its variables, and the files and folders it can see."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from grader.sandbox import bubblewrap
from grader.sandbox.folders import empty_folder
from grader.sandbox.gpu import DEVICES_VARIABLE, PROC_READABLE
from grader.sandbox.visible import visible_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.sandbox.gpu import Gpu

_ONE_THREAD = {
    "OMP_NUM_THREADS": "1",  # OpenMP: torch, scikit-learn
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",  # NumPy, SciPy
    "BLIS_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "NUMEXPR_MAX_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",  # libraries written in Rust
    "POLARS_MAX_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    # pyarrow starts a thread of its allocator when it is imported.
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
"""A library that starts threads in the server would leave its children locks that are never released.

These are the documented variables of libraries that do, as far as they are known. A thread that appears
all the same is an error that names the import which started it.
"""


@dataclass(frozen=True, slots=True)
class SandboxEnvironment:
    """The folders of a server, by the paths that it sees itself.

    Args:
        course: the folder of the views.
        box: the folder to write in.
        packages: the folder that holds the visible part of the `grader` package and nothing else.
        views: the contents of the course folder, by their path in it.
        gpu: the GPU that may be used, if any.
        uses_bubblewrap: whether the server runs under bubblewrap.
    """

    course: str
    box: str
    packages: str
    views: Mapping[str, Path]
    gpu: Gpu | None
    uses_bubblewrap: bool

    def command(self, *command: str) -> list[str]:
        """Return the command line that runs `command`, which begins with the interpreter, in here.

        Raises:
            SandboxUnavailable: bubblewrap is not installed.
        """
        if not self.uses_bubblewrap:
            return list(command)
        return bubblewrap.bubblewrap_command(list(command), self.views, self.gpu)

    def variables(self, extra: Mapping[str, str]) -> dict[str, str]:
        """Return all environment variables; none is taken from the grader's own environment."""
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
            **bubblewrap.user_site_variables(),
            **self._cuda_variables(),
            **extra,
        }

    def _cuda_variables(self) -> dict[str, str]:
        """Return the variables that select the GPU and tell the loader where the driver's libraries are."""
        if self.gpu is None:
            return {}
        return {
            "CUDA_VISIBLE_DEVICES": self.gpu.name,
            "LD_LIBRARY_PATH": ":".join(self.gpu.libraries),
            DEVICES_VARIABLE: ":".join(self.gpu.devices),
        }

    def readable(self) -> tuple[str, ...]:
        """Return the files and folders that any code in here has to read, for Landlock."""
        paths = [*bubblewrap.python_paths(), Path(self.packages)]
        if not self.uses_bubblewrap:  # the targets of the links
            paths += [path.resolve() for path in visible_files().values()]
        return tuple(str(path) for path in paths)

    def readable_views(self) -> tuple[str, ...]:
        """Return what code that uses the views has to read besides."""
        paths = [Path(self.course)]
        if not self.uses_bubblewrap:
            paths += [path.resolve() for path in self.views.values()]
        return tuple(str(path) for path in paths)

    def readable_for_gpu(self) -> tuple[str, ...]:
        """Return what code that uses the GPU has to read besides."""
        return () if self.gpu is None else (*PROC_READABLE, *self.gpu.readable_folders)

    @property
    def user(self) -> int | None:
        """The user id that the server has to switch to first, if any."""
        return bubblewrap.NOBODY if self.uses_bubblewrap and os.geteuid() == 0 else None


@contextmanager
def temporary_folder() -> Iterator[str]:
    """Provide a temporary folder; hostile code may fill it as it likes."""
    folder = tempfile.mkdtemp(prefix="gradbook-")
    try:
        yield folder
    finally:
        empty_folder(Path(folder))
        os.rmdir(folder)  # noqa: PTH106 - a text is what is needed above


@contextmanager
def sandbox_environment(
    views: Mapping[str, Path], *, gpu: Gpu | None = None, uses_bubblewrap: bool
) -> Iterator[SandboxEnvironment]:
    """Provide the environment of one server.

    Without bubblewrap that is a temporary folder with links to what the server needs.

    Raises:
        ValueError: a view's name is no relative path, or its file does not exist.
        SandboxUnavailable: as root: what the sandbox shows can't be read by every user.
    """
    for name, path in views.items():
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or name in {"", "."}:
            raise ValueError(f"a view is named by a path below the course folder, not {name!r}")
        if not path.exists():
            raise ValueError(f"the view {name!r} shows {path}, which does not exist")
    if uses_bubblewrap:
        if os.geteuid() == 0:
            bubblewrap.require_readable(views)
        yield SandboxEnvironment(
            bubblewrap.COURSE, bubblewrap.BOX, bubblewrap.PACKAGES, views, gpu, uses_bubblewrap=True
        )
        return
    with temporary_folder() as folder:
        course, box, packages = (Path(folder, name) for name in ("course", "box", "packages"))
        links = {course / name: path for name, path in views.items()}
        links |= {packages / name: path for name, path in visible_files().items()}
        for needed in (course, box, packages, *(link.parent for link in links)):
            needed.mkdir(parents=True, exist_ok=True)
        for link, path in links.items():
            link.symlink_to(path.resolve())
        yield SandboxEnvironment(str(course), str(box), str(packages), views, gpu, uses_bubblewrap=False)
