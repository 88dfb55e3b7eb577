"""The sandbox allows what CUDA needs, and no more. /dev/full stands in for the device file of a GPU."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.sandbox import Gpu, Limits, Role, Server, gpu
from grader.sandbox.gpu import PROC_READABLE, MemoryWatch, library_folders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sandbox.conftest import Ask

TOY = Path(__file__).with_name("toy.py")
MEMORY = 200 << 20
TOPOLOGY = "/sys/devices/system"
"""Of what CUDA reads in /sys, what every machine has."""
RM_ALLOC = 0xC030_462B
READABLE = [path for path in PROC_READABLE if Path(path).exists()]
FIRST_REFUSED = (
    f"The first call that is refused: open {TOPOLOGY}/cpu/online for reading (No such file or directory; "
    "bubblewrap or namespaces: the file is not visible)."
)
UVM_INITIALIZE, UVM_REGISTER_GPU = 0x3000_0001, 37
TIOCSTI = 0x5412


@pytest.fixture(scope="module")
def with_gpu() -> Iterator[Server]:
    """A sandbox of all layers, with a GPU in it."""
    made = Server(
        warm="toy:warm",
        entry="toy:run",
        views={"toy.py": TOY},
        gpu=Gpu("GPU-7", ("/dev/full",), sys_folders=(TOPOLOGY,)),
        roles={"gpu": Role("toy:run", Limits(memory=MEMORY), views=True, gpu=True)},
    )
    with made as server:
        yield server


@pytest.fixture(scope="module")
def without() -> Iterator[Server]:
    """The same sandbox without a GPU."""
    with Server(warm="toy:warm", entry="toy:run", views={"toy.py": TOY}) as server:
        yield server


def outcome(code: str) -> str:
    """Source that leaves in `answer` what a line gives, or the number of the error that it raises."""
    imports = ("import fcntl, os, socket", "from grader.sandbox import cuda_start, gpu")
    return "\n".join(
        (*imports, "try:", f"    answer = {code}", "except OSError as error:", "    answer = error.errno")
    )


@pytest.mark.parametrize(
    ("code", "with_it", "without_it"),
    [
        ("open('/dev/full', 'rb').read(2)", b"\0\0", errno.EACCES),
        (f"bool(os.listdir({TOPOLOGY!r}))", True, errno.ENOENT),
        ("open('/proc/self/maps').read(1) != ''", True, errno.ENOENT),
        ("socket.socket(socket.AF_UNIX).close()", None, errno.EPERM),
        ("os.memfd_create('shared') > 0", True, errno.EPERM),
        ("os.environ.get('CUDA_VISIBLE_DEVICES')", "GPU-7", None),
        ("os.environ.get('LD_LIBRARY_PATH')", "", None),
        *((f"bool(os.stat({path!r}))", True, errno.ENOENT) for path in READABLE),
        ("cuda_start.name_a_thread()", None, errno.ENOENT),
        ("gpu.own_device_files()", ["/dev/full"], []),
        ("cuda_start.first_refusal(['/dev/full'])", "", FIRST_REFUSED),
    ],
)
def test_what_cuda_needs_is_there_for_whom_it_is_meant(
    code: str, with_it: object, without_it: object, with_gpu: Server, without: Server, ask: Ask
) -> None:
    for server, role, expected in ((with_gpu, "gpu", with_it), (without, "", without_it)):
        with server.fork(role) as child:
            assert ask(child, outcome(code)) == expected


@pytest.mark.parametrize(
    "code",
    [
        "open('/dev/full', 'rb').read(2)",
        f"os.listdir({TOPOLOGY!r})",
        "socket.socket(socket.AF_UNIX)",
        "os.memfd_create('shared')",
        *(f"os.stat({path!r})" for path in READABLE),
        "cuda_start.name_a_thread()",
    ],
)
def test_a_child_for_the_cpu_beside_it_gets_none_of_it(code: str, with_gpu: Server, ask: Ask) -> None:
    with with_gpu.fork() as child:
        assert ask(child, outcome(code)) in {errno.EPERM, errno.EACCES, errno.ENOENT}


@pytest.mark.parametrize("number", [RM_ALLOC, UVM_INITIALIZE, UVM_REGISTER_GPU])
def test_requests_to_the_driver_reach_its_device(number: int, with_gpu: Server, ask: Ask) -> None:
    """This one isn't NVIDIA's, and says so; what the filter keeps back is refused otherwise."""
    asked = outcome(f"fcntl.ioctl(open('/dev/full', 'rb'), {number})")
    with with_gpu.fork("gpu") as child:
        assert ask(child, asked) == errno.ENOTTY
        assert ask(child, outcome(f"fcntl.ioctl(open('/dev/full', 'rb'), {TIOCSTI})")) == errno.EPERM


@pytest.mark.parametrize(
    "code",
    [
        "socket.socket(socket.AF_INET)",
        "open('/proc/1/environ').read()",
        "open('/proc/1/comm').read()",
        "open('/proc/1/task/1/comm', 'w')",
        "open(f'/proc/{os.getppid()}/maps').read()",
        "open(f'/proc/{os.getppid()}/task/{os.getppid()}/comm', 'w')",
        "open(f'/proc/{os.getppid()}/mem', 'rb')",
        "os.listdir('/proc')",
        "open('/proc/uptime').read()",
        "open('/proc/self/oom_score_adj', 'w')",
        "open('/proc/1/maps').read()",
        "os.listdir('/proc/1/root')",
        "open('/proc/1/mem', 'wb')",
        "open('/proc/sys/kernel/hostname', 'w')",
        f"open('{TOPOLOGY}/cpu/online', 'w')",
        "os.fork()",
    ],
)
def test_all_else_stays_shut(code: str, with_gpu: Server, ask: Ask) -> None:
    with with_gpu.fork("gpu") as child:
        refused = ask(child, outcome(code))
    assert refused in {errno.EPERM, errno.EACCES, errno.EROFS}


def test_address_space_has_no_limit_and_memory_has(with_gpu: Server, ask: Ask) -> None:
    """Shared mappings, too: no limit of the kernel's counts them where address space is free."""
    with with_gpu.fork("gpu") as child:
        assert ask(child, "import builtins, mmap; builtins.kept = mmap.mmap(-1, 8 << 30); answer = 1") == 1
        fill = "for place in range(0, 8 << 30, 4096): kept[place] = 1"
        with pytest.raises(Exception, match="the other end"):
            ask(child, fill)
        end = child.close()
    assert end.cause(child.limits) == "out_of_memory"
    assert end.peak_memory < 2 * MEMORY
    with with_gpu.fork("gpu") as child:
        assert ask(child, "answer = 1 + 1") == 2


def test_the_folders_of_the_drivers_libraries_are_those_that_were_loaded() -> None:
    maps = """\
7f10-7f20 r-xp 00000000 08:01 11 /usr/local/nvidia/lib64/libcuda.so.570.86.10
7f30-7f40 r--p 00000000 08:01 11 /usr/local/nvidia/lib64/libcuda.so.570.86.10
7f50-7f60 r--p 00000000 08:01 12 /usr/lib/libc.so.6
"""
    assert library_folders(maps) == ("/usr/local/nvidia/lib64",)


def test_a_gpu_is_its_device_files_and_those_that_all_have_in_common(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"/dev/nvidiactl", "/dev/nvidia-uvm", "/sys/devices"}
    monkeypatch.setattr(Path, "exists", lambda self: str(self) in there)
    monkeypatch.setattr(
        Path, "glob", lambda self, _pattern: [self / "nvidia1", self / "nvidia0", self / "nvidia-caps"]
    )
    found = gpu.describe_gpu("1")
    assert found.devices == ("/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia0", "/dev/nvidia1")
    assert (found.name, found.sys_folders) == ("1", ("/sys/devices",))


def test_a_watch_sees_what_is_resident_and_not_what_is_gone() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        pidfd = os.pidfd_open(process.pid)
        assert MemoryWatch(pidfd, max_bytes=1).is_exceeded()
        watch = MemoryWatch(pidfd, max_bytes=1 << 40)
        assert not watch.is_exceeded()
        process.communicate(b"\n")
    assert not watch.is_exceeded()
    os.close(pidfd)
