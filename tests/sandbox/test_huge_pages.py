"""A server that forks many children keeps its memory in huge pages."""

from __future__ import annotations

import ctypes
import mmap
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.sandbox import Role, huge_pages, kernel
from grader.sandbox.limits import Limits
from grader.sandbox.server import MANY
from tests.fixtures.waiting import wait_for
from tests.grading.test_run import descendants

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.sandbox import Server
    from tests.sandbox.conftest import Ask, StartServer

SIZE = 16 << 20
MAPS = """\
5581a8a00000-5581a8a01000 r--p 00000000 fe:00 1234                       /usr/bin/my python
5581a8c00000-5581a8e00000 rw-p 00200000 fe:00 1234                       /usr/bin/my python
5581a9000000-5581ad000000 rw-p 00000000 00:00 0                          [heap]
7f0000000000-7f0001000000 rw-s 00000000 00:05 77                         /dev/zero (deleted)
7f0002000000-7f0003000000 rw-p 00000000 00:00 0
7f0004000000-7f0005000000 ---p 00000000 00:00 0
7f0006000000-7f0007000000 rw-s 00000000 00:00 0
7fffd0000000-7fffd0004000 r--p 00000000 00:00 0                          [vvar]
"""


def bytes_in_huge_pages(processes: Collection[int]) -> int:
    """Returns how much memory of some processes is in huge pages, in bytes."""
    found = 0
    for process in processes:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
        (kib,) = re.findall(r"AnonHugePages: +(\d+) kB", text)
        found += int(kib) << 10
    return found


@pytest.fixture(scope="module")
def _can_collapse() -> None:
    """The kernel has huge pages, and moves memory to them when it is asked."""
    memory = mmap.mmap(-1, SIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    memory.write(b"1" * SIZE)
    try:
        kernel.collapse(ctypes.addressof(ctypes.c_char.from_buffer(memory)), SIZE)
    except OSError as error:
        pytest.skip(f"no huge pages here: {error}")


def processes_of(server: Server) -> list[int]:
    assert server._running is not None
    started = server._running._process.pid
    return [started, *descendants(started)]


def test_memory_of_ones_own_is_private_writable_and_of_no_file() -> None:
    sizes = [end - start for start, end in huge_pages.own_memory(MAPS)]
    assert sizes == [0x400_0000, 0x100_0000]


@pytest.mark.usefixtures("_can_collapse")
def test_children_after_many_come_from_huge_pages(start: StartServer, ask: Ask) -> None:
    """Few would not be worth it. They are counted anew after an import; early ones don't count."""
    early = {"early": Role("toy:run", Limits(), early=True)}
    later = {"memory": "toy:warm_with_memory"}
    with start(["limits"], roles=early, later=later) as server:
        for role in [*["early"] * MANY, *[""] * (MANY - 1)]:
            server.fork(role).close()
        server.fork(needs=("memory",)).close()
        processes = processes_of(server)
        at_first = bytes_in_huge_pages(processes)
        if at_first >= SIZE // 2:
            pytest.skip("this machine has everything in huge pages anyway")
        for _ in range(MANY - 2):
            server.fork().close()
        assert bytes_in_huge_pages(processes) == at_first
        server.fork().close()
        wait_for(lambda: bytes_in_huge_pages(processes) >= at_first + SIZE // 2)
        with server.fork() as child:
            assert ask(child, "import toy; answer = sum(toy.MEMORY[0][:256])") == sum(range(256))
