"""What CUDA needs in the sandbox, for children that may use a GPU.

- The device files of NVIDIA's driver, to open and to send requests to (`ioctl`), and the folders in /sys that
  describe devices, to read.
- The driver's libraries, where they aren't among the system's.
- What is listed in `PROC_READABLE` and `OWN_THREADS` of /proc. Landlock keeps the rest of it closed. So that
  a child finds its own threads there, it has the process numbers of the server: it is in no pid namespace of
  its own. It can't start a process that outlives it, since the filter forbids that.
- No limit on address space: CUDA reserves more of it than the machine has memory. A child's resident memory
  is watched instead (`MemoryWatch`).

The driver's kernel module is large and closed, and by far the largest attack surface of a child: grade
untrusted code on a machine that is used for nothing else, or on the CPU.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

import msgspec

SHARED_DEVICES: Final = ("nvidiactl", "nvidia-uvm", "nvidia-uvm-tools", "dxg")
"""Device files that all cards share; the last one is that of the Windows Subsystem for Linux."""
CARD_DEVICE: Final = re.compile(r"nvidia\d+")
LIBRARY: Final = "/libcuda.so"
SYS_FOLDERS: Final = ("/sys/devices", "/sys/bus/pci", "/sys/module/nvidia", "/sys/module/nvidia_uvm")
PROC_READABLE: Final = {
    "/proc/self": "cuInit reads maps, status and cgroup of its own process",
    "/proc/cpuinfo": "cuInit tells processors apart",
    "/proc/meminfo": "cuMemHostAlloc sizes what it pins",
    "/proc/devices": "the numbers of the driver's device files",
    "/proc/driver/nvidia": "the driver's parameters, and a folder for each card",
    "/proc/sys/vm/mmap_min_addr": "cuInit reserves addresses above it",
    "/proc/sys/vm/overcommit_memory": "cuMemAddressReserve",
}
"""What a child with a GPU may read of /proc, each with what reads it."""
OWN_THREADS: Final = "/proc/self/task"
"""Where a child with a GPU may also write: cuInit starts a thread and names it by opening its `comm` here,
with O_RDWR, O_CREAT and O_TRUNC. It takes anything but success for a broken system (error 304)."""
DEVICES_VARIABLE: Final = "GRADBOOK_GPU_DEVICES"
"""The variable that tells a child the device files, with colons between them: it can't list /dev."""
RM_REQUESTS: Final = 0x46
"""The letter, "F", of all requests to the driver's resource manager: the second byte of their numbers."""
UVM_REQUESTS: Final = 0x100
"""Requests to the driver's memory manager are plain numbers below this one, and two that begin and end it."""
UVM_BEGIN_AND_END: Final = (0x3000_0001, 0x3000_0002)
POLL_MILLISECONDS: Final = 20


class Gpu(msgspec.Struct, frozen=True):
    """One GPU, as children see it.

    Args:
        name: its name in CUDA_VISIBLE_DEVICES.
        devices: the device files.
        libraries: the folders of the driver's libraries.
        sys_folders: folders in which the driver reads about devices.
    """

    name: str
    devices: tuple[str, ...]
    libraries: tuple[str, ...] = ()
    sys_folders: tuple[str, ...] = ()

    @property
    def readable_folders(self) -> tuple[str, ...]:
        """All folders that have to be readable."""
        return (*self.libraries, *self.sys_folders)


def device_files(gpu: Gpu | None) -> tuple[str, ...]:
    """Return the device files that a child may use, besides those that every program has."""
    return () if gpu is None else gpu.devices


def own_folders(gpu: Gpu | None) -> tuple[str, ...]:
    """Return the folders of a child's own in /proc in which it may write, too."""
    return () if gpu is None else (OWN_THREADS,)


def visible_gpus() -> tuple[str, ...]:
    """Return the names of the GPUs that this process may use; none where there is none.

    Cluster managers select them by CUDA_VISIBLE_DEVICES.
    """
    selected = os.environ.get("CUDA_VISIBLE_DEVICES")
    if selected is not None:
        return tuple(name.strip() for name in selected.split(",") if name.strip() not in {"", "-1"})
    cards = [path for path in Path("/dev").glob("nvidia*") if CARD_DEVICE.fullmatch(path.name)]
    windows = Path("/dev/dxg").exists()
    return tuple(str(number) for number in range(len(cards) or int(windows)))


def describe_gpu(name: str) -> Gpu:
    """Return what the sandbox has to make available for a GPU.

    Call it after this process has used CUDA: the driver's libraries are those that it has loaded.
    """
    shared = [path for name in SHARED_DEVICES if (path := Path("/dev", name)).exists()]
    cards = [path for path in Path("/dev").glob("nvidia*") if CARD_DEVICE.fullmatch(path.name)]
    libraries = library_folders(Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace"))
    sys_folders = tuple(path for path in SYS_FOLDERS if Path(path).exists())
    return Gpu(name, tuple(str(path) for path in (*shared, *sorted(cards))), libraries, sys_folders)


def own_device_files() -> list[str]:
    """Return the device files that this process may use, if it is a child with a GPU."""
    return [path for path in os.environ.get(DEVICES_VARIABLE, "").split(":") if path]


def library_folders(maps: str) -> tuple[str, ...]:
    """Return the folders of the driver's libraries that a process has loaded, by its memory map."""
    return tuple(sorted({str(Path(path).parent) for path in maps.split() if LIBRARY in path}))


class MemoryWatch:
    """Watches the resident memory of a child whose address space has no limit.

    Args:
        pidfd: the child's; through it Linux tells the child's number in this process's /proc.
        max_bytes: how much memory the child may have resident.
    """

    def __init__(self, pidfd: int, max_bytes: int) -> None:
        text = Path(f"/proc/self/fdinfo/{pidfd}").read_text(encoding="ascii")
        fields = dict(line.split(":", 1) for line in text.splitlines())
        self.statistics = Path("/proc", fields["Pid"].strip(), "statm")
        self.max_bytes = max_bytes

    def is_exceeded(self) -> bool:
        """Return whether the child has more resident now; one that has ended has none."""
        try:
            resident = int(self.statistics.read_text(encoding="ascii").split()[1])
        except (OSError, IndexError, ValueError):
            return False
        return resident * os.sysconf("SC_PAGE_SIZE") > self.max_bytes
