"""What CUDA's driver library calls when it starts, one call after the other, to find the one that is refused.

The library itself only says "OS call failed" (error 304), or that there is no device. This list says what it
called: made as it makes them, in its order, as far as they were seen on a real card.
"""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import threading
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.sandbox.gpu import PROC_READABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

THREAD_NAME: Final = b"cuda-EvtHandlr"
_FIRST_READ: Final = ("/sys/devices/system/cpu/online", "/proc/sys/vm/mmap_min_addr", "/proc/cpuinfo")
LAYERS_BY_ERROR: Final = {
    errno.EPERM: "seccomp",
    errno.EACCES: "landlock",
    errno.ENOENT: "bubblewrap or namespaces: the file is not visible",
    errno.ESRCH: "namespaces",
    errno.EAGAIN: "limits",
    errno.EROFS: "bubblewrap or namespaces: it is mounted read-only",
}
"""Which layer refuses a call with which error."""


class Step(NamedTuple):
    """A call of the driver library's: its description, and the call. It raises `OSError` if it is refused."""

    what: str
    call: Callable[[], object]


def steps(devices: Sequence[str]) -> Iterator[Step]:
    """Yield the calls, in their order.

    Args:
        devices: the GPU's device files.
    """
    always = (*_FIRST_READ, "/proc/self/maps")
    for path in dict.fromkeys((*always, *filter(os.path.exists, PROC_READABLE))):
        yield Step(f"open {path} for reading", partial(_open, path, os.O_RDONLY))
    yield Step("start a thread, and name it by writing /proc/self/task/<thread>/comm", name_a_thread)
    for device in devices:
        yield Step(f"open {device} for reading and writing", partial(_open, device, os.O_RDWR))
    yield Step("memfd_create", lambda: os.close(os.memfd_create("cuda")))
    yield Step("socket(AF_UNIX)", lambda: socket.socket(socket.AF_UNIX).close())
    own = partial(os.sched_setaffinity, 0)
    yield Step("sched_setaffinity of the calling thread", lambda: own(os.sched_getaffinity(0)))


def _open(path: str, flags: int) -> None:
    os.close(os.open(path, flags))


def name_a_thread() -> None:
    """Start a thread that names itself as CUDA's do. Raises `OSError` if it can't."""
    errors: list[OSError] = []

    def name_itself() -> None:
        try:
            path = f"/proc/self/task/{threading.get_native_id()}/comm"
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
            with contextlib.closing(os.fdopen(descriptor, "wb", buffering=0)) as file:
                file.write(THREAD_NAME)
        except OSError as error:
            errors.append(error)

    thread = threading.Thread(target=name_itself)
    try:
        thread.start()
    except RuntimeError as error:  # Python's own, for whatever the system says
        raise OSError(errno.EAGAIN, str(error)) from error
    thread.join()
    if errors:
        raise errors[0]


def first_refusal(devices: Sequence[str]) -> str:
    """Return which of the calls is refused first, and by which layer, as a sentence; "" if none is."""
    for step in steps(devices):
        try:
            step.call()
        except OSError as error:
            layer = LAYERS_BY_ERROR.get(error.errno or 0, "no layer is known for this error")
            return f"The first call that is refused: {step.what} ({error.strerror}; {layer})."
    return ""
