"""Threads that must not run are named, with the import that started them, and with what to do."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from grader.sandbox import ServerFailed
from grader.sandbox.server import describe_threads
from grader.sandbox.threads import other_threads

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sandbox.conftest import StartServer

LOUD = """
import json
import threading
import time

threading.Thread(target=time.sleep, args=(60,), daemon=True).start()

import csv
"""
WARM = "def warm():\n    import colorsys, loud, wave\n"
IN_C = """
import ctypes, struct

libc = ctypes.CDLL(None, use_errno=True)
thread = ctypes.c_ulong()
name = b"background"

@ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)
def wait(_):
    libc.prctl(15, name, 0, 0, 0)
    libc.sleep(60)

libc.pthread_create(ctypes.byref(thread), None, wait, None)
libc.usleep(200000)
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library that starts a thread when it is imported, and a warm-up that imports it among others."""
    (tmp_path / "loud.py").write_text(LOUD)
    (tmp_path / "warming.py").write_text(WARM)
    return tmp_path


def test_a_library_that_starts_a_thread_is_named(start: StartServer, library: Path) -> None:
    views = {name: library / name for name in ("loud.py", "warming.py")}
    with pytest.raises(ServerFailed) as raised, start(warm="warming:warm", views=views):
        pass
    first = str(raised.value).splitlines()[0]
    assert first.startswith("loud started the thread 'python")
    assert "Take loud out of `packages` in course.toml" in first


def test_so_is_one_that_starts_it_below_python(start: StartServer, library: Path) -> None:
    (library / "loud.py").write_text(IN_C)
    views = {name: library / name for name in ("loud.py", "warming.py")}
    with pytest.raises(ServerFailed, match="loud started the thread 'background'"):
        start(warm="warming:warm", views=views).__enter__()


def test_a_library_that_starts_none_is_no_problem(start: StartServer, library: Path) -> None:
    (library / "loud.py").write_text("import json, csv\n")
    views = {name: library / name for name in ("loud.py", "warming.py")}
    with start(warm="warming:warm", views=views) as server:
        assert server.layers


def test_threads_are_listed_without_the_main_one() -> None:
    ready, done = threading.Event(), threading.Event()

    def wait() -> None:
        ready.set()
        done.wait()

    before = other_threads().keys()
    thread = threading.Thread(target=wait)
    thread.start()
    ready.wait()
    assert other_threads().keys() - before == {thread.native_id}
    done.set()
    thread.join()


def test_a_process_with_one_thread_has_no_others() -> None:
    code = "from grader.sandbox.threads import other_threads; print(other_threads())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "{}\n"


def test_a_thread_that_is_about_to_end_is_waited_for(start: StartServer, library: Path) -> None:
    (library / "loud.py").write_text(LOUD.replace("(60,)", "(0.5,)"))
    views = {name: library / name for name in ("loud.py", "warming.py")}
    with start(warm="warming:warm", views=views) as server:
        assert server.layers


def test_threads_that_nobody_saw_start_are_told_all_the_same() -> None:
    told = describe_threads(["a", "b"], ())
    assert told.startswith("these threads run after the warm-up: 'a', 'b', but")
    assert "sitecustomize.py" in told
