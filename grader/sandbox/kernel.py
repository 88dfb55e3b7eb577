"""System calls that Python 3.11 has no function for (Linux)."""

from __future__ import annotations

import ctypes
import os

CLONE_NEWNS = 0x0002_0000
CLONE_NEWCGROUP = 0x0200_0000
CLONE_NEWUTS = 0x0400_0000
CLONE_NEWIPC = 0x0800_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWPID = 0x2000_0000
CLONE_NEWNET = 0x4000_0000

MS_RDONLY = 0x1
MS_NOSUID = 0x2
MS_NODEV = 0x4
MS_REC = 0x4000
MS_PRIVATE = 0x4_0000

MADV_COLLAPSE = 25

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_SET_SECCOMP = 22

_SECCOMP_MODE_FILTER = 2
_INSTRUCTION_BYTES = 8

_CAPABILITY_VERSION_3 = 0x2008_0522

_libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int, call: str) -> None:
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, f"{call}: {os.strerror(code)}")


def unshare(namespaces: int) -> None:
    """Move this process (for CLONE_NEWPID: its next children) into new namespaces."""
    _check(_libc.unshare(namespaces), "unshare")


def setns(descriptor: int, kind: int) -> None:
    """Join the namespace of `kind` that `descriptor` names (for CLONE_NEWPID: its next children do)."""
    _check(_libc.setns(descriptor, kind), "setns")


def prctl(option: int, value: int) -> None:
    """Set one property of this process."""
    unused = ctypes.c_ulong(0)
    _check(_libc.prctl(option, ctypes.c_ulong(value), unused, unused, unused), "prctl")


def collapse(address: int, length: int) -> None:
    """Move memory of this process to huge pages (Linux 6.1 or newer), whole ones within the range."""
    _check(_libc.madvise(ctypes.c_void_p(address), ctypes.c_size_t(length), MADV_COLLAPSE), "madvise")


class _Program(ctypes.Structure):
    """`struct sock_fprog`: a number of instructions, and where they are."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def load_filter(program: bytes) -> None:
    """Let a BPF program decide on every further system call; PR_SET_NO_NEW_PRIVS must be set."""
    loaded = _Program(len(program) // _INSTRUCTION_BYTES, program)
    unused = ctypes.c_ulong(0)
    mode = ctypes.c_ulong(_SECCOMP_MODE_FILTER)
    _check(_libc.prctl(PR_SET_SECCOMP, mode, ctypes.byref(loaded), unused, unused), "seccomp")


def mount(filesystem: str, target: str, flags: int, data: str = "") -> None:
    """Mount a filesystem that needs no device, or change a mount."""
    name = filesystem.encode()
    _check(
        _libc.mount(name, os.fsencode(target), name, ctypes.c_ulong(flags), data.encode()), f"mount {target}"
    )


def drop_capabilities() -> None:
    """Drop every capability of this process."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _check(_libc.capset(header, nothing), "capset")
