"""The layer "landlock": what a child may do with files, signals and the network (Linux 5.13 or newer)."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from landlockpy import AccessFS, Ruleset, Scope

from grader.sandbox.gpu import device_files, own_folders

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.sandbox.confine import Confinement
    from grader.sandbox.control import Plan

DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
SCOPE: Final = Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL

with contextlib.suppress(OSError), Ruleset(scoped=SCOPE):
    pass  # the first one takes some milliseconds: a server takes them, so that its children don't


def apply(confinement: Confinement) -> None:
    """Restrict this process as `confinement` says. Raises `OSError` where the kernel has no Landlock."""
    restrict(
        confinement.readable, confinement.box, device_files(confinement.gpu), own_folders(confinement.gpu)
    )


def probe(plan: Plan) -> None:
    """Restrict this process as the children of a server with this plan. Raises `OSError`."""
    readable = (*plan.readable, *plan.readable_views, *plan.readable_for_gpu)
    restrict(readable, plan.box, device_files(plan.gpu), own_folders(plan.gpu))


def restrict(readable: Iterable[str], box: str, devices: Iterable[str] = (), own: Iterable[str] = ()) -> None:
    """Restrict this process, irrevocably, to reading `readable`, writing in `box` and using `devices`.

    Files in `own`, its own folders of /proc, may be read and written, but none can be made there. Everything
    else that the kernel's Landlock can deny is denied: other files, TCP, and, on newer kernels, signals to
    other processes and their abstract sockets.

    Raises:
        OSError: the kernel has no Landlock, or it is switched off.
    """
    a_file = AccessFS.READ_FILE | AccessFS.EXECUTE
    a_folder = a_file | AccessFS.READ_DIR
    special = AccessFS.MAKE_CHAR | AccessFS.MAKE_BLOCK | AccessFS.MAKE_SOCK | AccessFS.IOCTL_DEV
    with Ruleset(scoped=SCOPE) as rules:
        for path in map(Path, readable):
            if path.exists():
                rules.allow_path(path, a_folder if path.is_dir() else a_file)
        for device in DEVICES:
            rules.allow_path(device, AccessFS.READ_FILE | AccessFS.WRITE_FILE)
        for device in devices:
            rules.allow_path(device, AccessFS.READ_FILE | AccessFS.WRITE_FILE | AccessFS.IOCTL_DEV)
        for folder in own:
            rules.allow_path(
                folder, AccessFS.READ_DIR | AccessFS.READ_FILE | AccessFS.WRITE_FILE | AccessFS.TRUNCATE
            )
        rules.allow_path(box, rules.handled_fs & ~special)
        rules.restrict()
