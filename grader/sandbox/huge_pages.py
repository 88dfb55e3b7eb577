"""Keep a server's memory in huge pages, so that its children cost less.

A fork copies the table that says where each page of memory is, and the end of a child takes it apart. A
server that has imported torch has some 60,000 pages of its own, which is half of what it takes to fork and
end a child. In huge pages, of 2 MiB on most machines, they are about a hundred. A child that writes to one
gets a copy of the part that it writes to, of ordinary size, as it does without.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from grader.sandbox import kernel

if TYPE_CHECKING:
    from collections.abc import Iterator


def collapse() -> None:
    """Move the memory of this process to huge pages, as far as the kernel can (Linux 6.1 or newer)."""
    for start, end in own_memory(Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")):
        with contextlib.suppress(OSError):  # it is smaller than a huge page, in part not used, or shared
            kernel.collapse(start, end - start)


def own_memory(maps: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of memory that is private, writable and of no file (see proc_pid_maps(5))."""
    for line in maps.splitlines():
        addresses, permissions, _offset, _device, inode, *_name = line.split(maxsplit=5)
        if permissions.startswith("rw") and permissions.endswith("p") and inode == "0":
            start, end = addresses.split("-")
            yield int(start, 16), int(end, 16)
