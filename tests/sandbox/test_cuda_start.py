"""The calls by which CUDA starts; in the sandbox they are tried by `test_gpu.py`."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox.cuda_start import THREAD_NAME, first_refusal, name_a_thread, steps


def test_outside_the_sandbox_none_is_refused() -> None:
    assert first_refusal(["/dev/full"]) == ""


def test_a_thread_gets_the_name_that_cuda_gives() -> None:
    written: list[bytes] = []

    class Noting:
        def __init__(self, file: Any) -> None:  # noqa: ANN401 - a file
            self.file = file

        def write(self, text: bytes) -> None:
            self.file.write(text)
            written.append(Path("/proc/thread-self/comm").read_bytes())

        def close(self) -> None:
            self.file.close()

    fdopen = os.fdopen
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fdopen", lambda *given, **named: Noting(fdopen(*given, **named)))
        name_a_thread()
    assert written == [THREAD_NAME + b"\n"]


@pytest.mark.parametrize(
    ("number", "layer"), [(errno.EPERM, "seccomp"), (errno.EACCES, "landlock"), (errno.ENOENT, "bubblewrap")]
)
def test_the_refused_call_is_named_with_its_layer(
    monkeypatch: pytest.MonkeyPatch, number: int, layer: str
) -> None:
    def refuse(_name: str) -> int:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "memfd_create", refuse)
    assert first_refusal([]).startswith(f"The first call that is refused: memfd_create (no; {layer}")


def test_a_thread_that_can_not_be_started_is_a_call_that_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert first_refusal([]).endswith("(can't start new thread; limits).")


def test_the_order_is_that_of_a_real_card() -> None:
    what = [step.what for step in steps(["/dev/nvidiactl"])]
    begin = [
        "/sys/devices/system/cpu/online",
        "/proc/sys/vm/mmap_min_addr",
        "/proc/cpuinfo",
        "/proc/self/maps",
    ]
    assert what[:4] == [f"open {path} for reading" for path in begin]
    thread, device = (
        what.index(next(one for one in what if "comm" in one)),
        what.index("open /dev/nvidiactl for reading and writing"),
    )
    assert 4 <= thread < device
