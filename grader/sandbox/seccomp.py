"""The layer "seccomp": a filter that allows a child only the system calls that computing needs.

An allow-list, because a deny-list lags behind the kernel: a new call is forbidden until somebody needs it.
Without `fork` and `execve` there are no descendants, without `socket` no connections, without
`memfd_create` no files outside of the file system. Threads, which torch and Python use, are allowed.
Forbidden calls fail with EPERM, which libraries can handle, with two exceptions. For `clone3` the C library
has to believe that the kernel lacks it. And those that change a file's mode or times (`WITHOUT_EFFECT`)
report success and change nothing, because `shutil.copy` ends with them.

The filter must hold where no other layer does: then a child runs as the user who grades, and sees that
user's processes and files. So it can't signal, slow down or move other processes, nor change what it may only
read.

libseccomp builds the filter on the grader's side, once, and each child loads it with its own process id.
"""

from __future__ import annotations

import errno
import os
import socket
import struct
import tempfile
from typing import TYPE_CHECKING, Final

from grader.sandbox import kernel
from grader.sandbox.gpu import RM_REQUESTS, UVM_BEGIN_AND_END, UVM_REQUESTS

if TYPE_CHECKING:
    from types import ModuleType

    from grader.sandbox.confine import Confinement
    from grader.sandbox.control import Plan

ALLOWED: Final = (
    # memory
    "brk", "mmap", "munmap", "mremap", "mprotect", "madvise", "msync", "mincore", "membarrier",
    # files: Landlock and the mounts decide which ones
    "creat", "close", "close_range", "read", "write", "readv", "writev", "pread64", "pwrite64", "preadv",
    "pwritev", "preadv2", "pwritev2", "lseek", "stat", "fstat", "lstat", "newfstatat", "statx", "statfs",
    "fstatfs", "access", "faccessat", "faccessat2", "readlink", "readlinkat", "getdents", "getdents64",
    "getcwd", "chdir", "fchdir", "flock", "fsync", "fdatasync", "ftruncate", "fallocate", "fadvise64",
    "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "symlink",
    "symlinkat", "umask", "copy_file_range", "sendfile", "dup", "dup2", "dup3", "pipe", "pipe2", "eventfd2",
    "getxattr", "lgetxattr", "fgetxattr", "listxattr", "llistxattr", "flistxattr",
    # waiting
    "poll", "ppoll", "select", "pselect6", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait",
    # the channel, which is open already: sendmsg is missing, because it passes descriptors on
    "sendto", "recvfrom", "shutdown", "getsockopt", "setsockopt", "getsockname", "getpeername",
    # threads and the process itself
    "exit", "exit_group", "futex", "futex_waitv", "set_robust_list", "rseq", "set_tid_address", "gettid",
    "getpid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getgroups", "getresuid", "getresgid",
    "getpgrp", "getpgid", "getsid", "sched_yield", "sched_getaffinity", "sched_getparam",
    "sched_getscheduler", "sched_get_priority_max", "sched_get_priority_min", "getpriority", "getcpu",
    "arch_prctl", "getrlimit", "getrusage", "times",
    # time and chance
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "getrandom",
    "uname", "sysinfo", "getitimer", "setitimer", "alarm", "pause", "restart_syscall",
    # signals that come to itself; see OWN_PROCESS for sending them
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "rt_sigtimedwait",
    "rt_sigsuspend", "sigaltstack",
)  # fmt: skip
"""Calls that are allowed with all arguments."""

WITHOUT_EFFECT: Final = ("chmod", "fchmod", "fchmodat", "fchmodat2")
"""Calls that report success and change nothing; and so does `utimensat` with times.

Landlock doesn't restrict them: a child could take the run's folder, or its own packages, away from the user.
`utimensat` without times, which means now, fails: `Path.touch` tries it first, and then creates the file.
"""
UTIMENSAT_TIMES: Final = 2
"""The position of the times among the arguments of `utimensat`."""

OWN_PROCESS: Final = 0x6D65_7069
"""Stands for a child's own process id in the filter, until the child loads it.

`tgkill` is allowed to this process only. Python raises signals by it, and Landlock keeps it from others only
since Linux 6.12.
"""

OPEN_CALLS: Final = {"open": 1, "openat": 2}
"""Calls that open a file, each with the position of its flags.

Forbidden is O_TRUNC without permission to write: Linux empties the file, and Landlock sees that only since
Linux 6.2. `truncate` is missing above for the same reason.
"""

FCNTLS: Final = {
    "F_DUPFD": 0,
    "F_GETFD": 1,
    "F_SETFD": 2,
    "F_GETFL": 3,
    "F_SETFL": 4,
    "F_GETLK": 5,
    "F_SETLK": 6,
    "F_SETLKW": 7,
    "F_OFD_GETLK": 36,
    "F_OFD_SETLK": 37,
    "F_OFD_SETLKW": 38,
    "F_DUPFD_CLOEXEC": 1030,
    "F_GETPIPE_SZ": 1032,
    "F_ADD_SEALS": 1033,
    "F_GET_SEALS": 1034,
}
"""Commands of `fcntl`: descriptors, locks, and seals on memory.

Missing are F_SETOWN and F_SETSIG, by which the kernel sends any signal to any process of this user, and
F_SETLEASE, which makes others wait who open a file.
"""

CLONE_THREAD: Final = 0x1_0000
PRCTLS: Final = {"PR_SET_NAME": 15, "PR_GET_NAME": 16, "PR_SET_VMA": 0x5356_4D41}
"""Naming threads and memory."""
IOCTLS: Final = {
    "TCGETS": 0x5401,
    "TIOCGWINSZ": 0x5413,
    "FIONREAD": 0x541B,
    "FIONBIO": 0x5421,
    "FIOCLEX": 0x5451,
}
"""Requests that test for a terminal, and those of Python's own files and sockets."""


ALLOWED_FOR_CUDA: Final = (
    # memory that is shared with the card, near the processor that uses it
    "mlock", "munlock", "mbind", "get_mempolicy", "set_mempolicy", "memfd_create",
    # a socket by which processes would share memory on the card; nothing can be reached through it
    "bind", "listen",
)  # fmt: skip
"""Calls of CUDA's driver library; a child's resident memory is watched (`grader.sandbox.gpu`)."""
AF_UNIX: Final = 1
INSTRUCTION: Final = struct.Struct("=HBBI")
"""One instruction of a BPF program: its code, two jumps, and a constant."""


class FilterUnavailable(Exception):
    """This machine can't build the filter; the message says why."""


def build_filter(*, gpu: bool = False) -> bytes:
    """Return the filter as a classic BPF program for this machine.

    Args:
        gpu: whether children may use a GPU.

    Raises:
        FilterUnavailable: libseccomp or its binding is missing.
    """
    try:
        import pyseccomp
    except (ImportError, RuntimeError) as error:
        raise FilterUnavailable(str(error)) from error
    chosen = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    for name in ALLOWED:
        _allow(pyseccomp, chosen, name)
    _allow(pyseccomp, chosen, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, CLONE_THREAD, CLONE_THREAD))
    for name in WITHOUT_EFFECT:
        _add(pyseccomp, chosen, pyseccomp.ERRNO(0), name)
    times_given = pyseccomp.Arg(UTIMENSAT_TIMES, pyseccomp.NE, 0)
    _add(pyseccomp, chosen, pyseccomp.ERRNO(0), "utimensat", times_given)
    _allow(pyseccomp, chosen, "tgkill", pyseccomp.Arg(0, pyseccomp.EQ, OWN_PROCESS))
    for name, position in OPEN_CALLS.items():
        for mask, flags in (os.O_TRUNC, 0), (os.O_ACCMODE, os.O_WRONLY), (os.O_ACCMODE, os.O_RDWR):
            _allow(pyseccomp, chosen, name, pyseccomp.Arg(position, pyseccomp.MASKED_EQ, mask, flags))
    for number in FCNTLS.values():
        _allow(pyseccomp, chosen, "fcntl", pyseccomp.Arg(1, pyseccomp.EQ, number))
    for number in PRCTLS.values():
        _allow(pyseccomp, chosen, "prctl", pyseccomp.Arg(0, pyseccomp.EQ, number))
    for number in IOCTLS.values():
        _allow(pyseccomp, chosen, "ioctl", pyseccomp.Arg(1, pyseccomp.EQ, number))
    own, nothing_new = pyseccomp.Arg(0, pyseccomp.EQ, 0), pyseccomp.Arg(2, pyseccomp.EQ, 0)
    _allow(pyseccomp, chosen, "prlimit64", own, nothing_new)
    chosen.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    if gpu:
        _allow_cuda(pyseccomp, chosen)
    with tempfile.TemporaryFile() as file:
        chosen.export_bpf(file)
        file.seek(0)
        return file.read()


def for_process(program: bytes, pid: int) -> bytes:
    """Return a filter with the id of the process that will load it in the place of `OWN_PROCESS`."""
    return b"".join(
        INSTRUCTION.pack(code, if_true, if_false, pid if value == OWN_PROCESS else value)
        for code, if_true, if_false, value in INSTRUCTION.iter_unpack(program)
    )


def apply(confinement: Confinement) -> None:
    """Load the filter. Raises `OSError`."""
    kernel.load_filter(for_process(confinement.filter, os.getpid()))


def probe(plan: Plan) -> None:
    """Load the filter of a plan and test that it forbids something.

    Raises:
        OSError: this kernel has no such filters, or this one has no effect.
    """
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.load_filter(plan.filter)
    try:
        socket.socket().close()
    except PermissionError:
        return
    raise OSError("the filter was loaded and forbids nothing")


def _allow_cuda(pyseccomp: ModuleType, chosen: object) -> None:
    """Allow also what CUDA needs: requests to its driver, by their numbers, and a few more calls."""
    for name in ALLOWED_FOR_CUDA:
        _allow(pyseccomp, chosen, name)
    _allow(pyseccomp, chosen, "socket", pyseccomp.Arg(0, pyseccomp.EQ, AF_UNIX))
    _allow(pyseccomp, chosen, "sched_setaffinity", pyseccomp.Arg(0, pyseccomp.EQ, 0))  # of the calling thread
    letter = pyseccomp.Arg(1, pyseccomp.MASKED_EQ, 0xFF00, RM_REQUESTS << 8)
    _allow(pyseccomp, chosen, "ioctl", letter)
    _allow(pyseccomp, chosen, "ioctl", pyseccomp.Arg(1, pyseccomp.LT, UVM_REQUESTS))
    for number in UVM_BEGIN_AND_END:
        _allow(pyseccomp, chosen, "ioctl", pyseccomp.Arg(1, pyseccomp.EQ, number))


def _allow(pyseccomp: ModuleType, chosen: object, name: str, *conditions: object) -> None:
    """Allow a call, under all of the conditions."""
    _add(pyseccomp, chosen, pyseccomp.ALLOW, name, *conditions)


def _add(pyseccomp: ModuleType, chosen: object, action: int, name: str, *conditions: object) -> None:
    """Add a rule, if libseccomp knows the call: old versions lack the newest calls, some CPUs the oldest."""
    if pyseccomp.resolve_syscall(pyseccomp.system_arch(), name) >= 0:
        chosen.add_rule(action, name, *conditions)  # type: ignore[attr-defined]
