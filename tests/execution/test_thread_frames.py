"""Reading the frames of all threads."""

from __future__ import annotations

import gc
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from grader.execution.thread_frames import frames_of_threads

if TYPE_CHECKING:
    from types import FrameType


def test_each_thread_is_there_with_its_frame() -> None:
    started, done = threading.Event(), threading.Event()

    def waits_here() -> None:
        started.set()
        done.wait()

    thread = threading.Thread(target=waits_here)
    thread.start()
    started.wait()
    frames = frames_of_threads()
    done.set()
    thread.join()
    frame: FrameType | None = frames[thread.ident or 0]
    names = set()
    while frame is not None:
        names.add(frame.f_code.co_name)
        frame = frame.f_back
    assert "waits_here" in names
    assert threading.get_ident() in frames


@pytest.mark.parametrize("enabled", [True, False])
def test_no_garbage_is_collected_meanwhile(monkeypatch: pytest.MonkeyPatch, *, enabled: bool) -> None:
    """Where it is, Python 3.11.7 may wait for ever."""
    meanwhile = []
    monkeypatch.setattr(sys, "_current_frames", lambda: meanwhile.append(gc.isenabled()))
    (gc.enable if enabled else gc.disable)()
    try:
        frames_of_threads()
        assert (meanwhile, gc.isenabled()) == ([False], enabled)
    finally:
        gc.enable()


def test_it_is_as_before_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise MemoryError

    monkeypatch.setattr(sys, "_current_frames", fails)
    with pytest.raises(MemoryError):
        frames_of_threads()
    assert gc.isenabled()
