"""What CUDA needs of the wall, for children that are to use a GPU: so much more, and nothing else.

- The device files of NVIDIA's driver, to open and to send requests to (`ioctl`), and Linux's own page on each
  device in /sys, to read.
- The driver's libraries, where they don't lie among the system's.
- The server's /proc, where the driver looks for itself; Landlock keeps the rest of it closed.
- No limit on address space: CUDA reserves more of it than the machine has memory. What a child has resident
  is watched instead (`Watch`).

The driver's kernel module is large and closed, and by far the most that lies open to a child: who grades what
strangers hand in has it on a machine of its own, or grades on the CPU.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

import msgspec

SHARED_DEVICES: Final = ("nvidiactl", "nvidia-uvm", "nvidia-uvm-tools", "dxg")
"""Device files that all cards have in common; the last one is what Windows gives to its Linux."""
ONE_DEVICE: Final = re.compile(r"nvidia\d+")
LIBRARY: Final = re.compile(r"/\S*/libcuda\.so\S*")
SYSTEM: Final = ("/sys/devices", "/sys/bus/pci", "/sys/module/nvidia", "/sys/module/nvidia_uvm")
RM_REQUESTS: Final = 0x46
"""The letter, "F", of all requests to the driver's resource manager: the second byte of their numbers."""
UVM_REQUESTS: Final = 0x100
"""Requests to the driver's memory manager are plain numbers below this one, and two that begin and end it."""
UVM_FRAME: Final = (0x3000_0001, 0x3000_0002)
POLL_MILLISECONDS: Final = 20


class Gpu(msgspec.Struct, frozen=True):
    """One GPU, as children get to see it.

    Args:
        name: what CUDA_VISIBLE_DEVICES names it by.
        devices: the device files.
        libraries: the folders of the driver's libraries.
        pages: folders in which the driver reads about devices.
    """

    name: str
    devices: tuple[str, ...]
    libraries: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    @property
    def folders(self) -> tuple[str, ...]:
        """All that there is to read besides the device files."""
        return (*self.libraries, *self.pages)


def names() -> tuple[str, ...]:
    """Return the names of the GPUs that this process may use; none where there is none.

    Cluster managers say in CUDA_VISIBLE_DEVICES which ones are meant.
    """
    said = os.environ.get("CUDA_VISIBLE_DEVICES")
    if said is not None:
        return tuple(name.strip() for name in said.split(",") if name.strip() not in {"", "-1"})
    cards = [path for path in Path("/dev").glob("nvidia*") if ONE_DEVICE.fullmatch(path.name)]
    windows = Path("/dev/dxg").exists()
    return tuple(str(number) for number in range(len(cards) or int(windows)))


def gpu(name: str) -> Gpu:
    """Return what the wall must leave open for a GPU; CUDA has been used in this process already."""
    shared = [path for name in SHARED_DEVICES if (path := Path("/dev", name)).exists()]
    cards = [path for path in Path("/dev").glob("nvidia*") if ONE_DEVICE.fullmatch(path.name)]
    libraries = loaded_from(Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace"))
    pages = tuple(path for path in SYSTEM if Path(path).exists())
    return Gpu(name, tuple(str(path) for path in (*shared, *sorted(cards))), libraries, pages)


def loaded_from(maps: str) -> tuple[str, ...]:
    """Return the folders of the driver's libraries that a process has loaded, by its memory map."""
    return tuple(sorted({str(Path(path).parent) for path in LIBRARY.findall(maps)}))


class Watch:
    """Looks how much memory a child has resident, for children whose address space has no limit.

    Args:
        pidfd: of the child; by it Linux names the child as this process's /proc knows it.
        most: bytes that it may have.
    """

    def __init__(self, pidfd: int, most: int) -> None:
        text = Path(f"/proc/self/fdinfo/{pidfd}").read_text(encoding="ascii")
        fields = dict(line.split(":", 1) for line in text.splitlines())
        self.statistics = Path("/proc", fields["Pid"].strip(), "statm")
        self.most = most

    def exceeded(self) -> bool:
        """Whether it has more now; one that has ended has nothing."""
        try:
            resident = int(self.statistics.read_text(encoding="ascii").split()[1])
        except (OSError, IndexError, ValueError):
            return False
        return resident * os.sysconf("SC_PAGE_SIZE") > self.most
