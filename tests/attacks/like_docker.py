"""Run a command as in a container with Docker's default profile: few capabilities, no namespaces or mounts.

    python tests/attacks/like_docker.py COMMAND...

It is as similar as possible without a container engine: a user namespace in which no other can be created
(`user.max_user_namespaces` is 0), the capabilities that Docker leaves, and a filter that refuses the system
calls that Docker's profile refuses without CAP_SYS_ADMIN.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import Final

import pyseccomp as seccomp

CLONE_NEWUSER: Final = 0x10000000
NAMESPACES: Final = 0x7E020000
"""All flags of clone(2) that make a namespace."""
PR_CAPBSET_DROP: Final = 24
KEPT: Final = frozenset({0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31})
"""chown, dac_override, fowner, fsetid, kill, setgid, setuid, setpcap, net_bind_service, net_raw, sys_chroot,
mknod, audit_write, setfcap: linux/capability.h."""
LAST: Final = 40
REFUSED: Final = (
    "mount", "umount2", "unshare", "setns", "pivot_root", "move_mount", "open_tree", "fsopen", "fsmount",
    "fsconfig", "fspick", "mount_setattr", "bpf", "perf_event_open", "keyctl", "add_key", "request_key",
    "userfaultfd",
)  # fmt: skip


def confine() -> None:
    """Restrict this process like such a container. Raises `OSError`."""
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    _ask(libc.unshare(CLONE_NEWUSER))
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    Path("/proc/sys/user/max_user_namespaces").write_text("0")
    for capability in set(range(LAST + 1)) - KEPT:
        _ask(libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0))
    profile = seccomp.SyscallFilter(seccomp.ALLOW)
    for name in REFUSED:
        profile.add_rule(seccomp.ERRNO(errno.EPERM), name)
    profile.add_rule(
        seccomp.ERRNO(errno.ENOSYS), "clone3"
    )  # its flags are in memory, where no filter sees them
    for flag in (1 << bit for bit in range(32) if NAMESPACES >> bit & 1):
        rule = seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag)
        profile.add_rule(seccomp.ERRNO(errno.EPERM), "clone", rule)
    profile.load()


def _ask(result: int) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


if __name__ == "__main__":
    confine()
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - the purpose of this program
