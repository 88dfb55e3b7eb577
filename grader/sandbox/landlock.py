"""What Landlock leaves a child of the file system, of signals and of the network (Linux 5.13 or newer)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from landlockpy import AccessFS, Ruleset, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")


def restrict(readable: Iterable[str], box: str, devices: Iterable[str] = ()) -> None:
    """Leave this process what is `readable`, a `box` to write in, and `devices` to drive, for good.

    What the kernel knows of is denied: other files, TCP, and, where it is new enough, signals and abstract
    sockets out of this process's reach.

    Raises:
        OSError: the kernel has no Landlock, or it is switched off.
    """
    a_file = AccessFS.READ_FILE | AccessFS.EXECUTE
    a_folder = a_file | AccessFS.READ_DIR
    special = AccessFS.MAKE_CHAR | AccessFS.MAKE_BLOCK | AccessFS.MAKE_SOCK | AccessFS.IOCTL_DEV
    with Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL) as rules:
        for path in map(Path, readable):
            if path.exists():
                rules.allow_path(path, a_folder if path.is_dir() else a_file)
        for device in DEVICES:
            rules.allow_path(device, AccessFS.READ_FILE | AccessFS.WRITE_FILE)
        for device in devices:
            rules.allow_path(device, AccessFS.READ_FILE | AccessFS.WRITE_FILE | AccessFS.IOCTL_DEV)
        rules.allow_path(box, rules.handled_fs & ~special)
        rules.restrict()
