"""The filter of system calls by itself, without any other layer."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from grader.sandbox import SandboxUnavailable, Server, seccomp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sandbox.conftest import Ask, StartServer

REFUSED = """
import ctypes, fcntl, os, resource, signal, socket, subprocess, sys
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    if getattr(libc, name)(*arguments) == -1:
        raise OSError(ctypes.get_errno(), name)
def number(number, *arguments):
    if libc.syscall(number, *arguments) == -1:
        raise OSError(ctypes.get_errno(), str(number))
try:
    {attempt}
    answer = "done"
except OSError as error:
    answer = type(error).__name__
"""


@pytest.fixture(scope="module")
def server(start: StartServer) -> Iterator[Server]:
    with start(["seccomp"]) as server:
        assert server.layers == ("seccomp",)
        yield server


@pytest.mark.parametrize(
    "attempt",
    [
        "os.fork()",
        "call('vfork')",
        "subprocess.run(['/bin/true'])",
        "os.execv('/bin/true', ['true'])",
        "socket.socket()",
        "socket.socketpair()",
        "os.kill(os.getppid(), 0)",
        "os.kill(os.getpid(), 0)",
        "call('ptrace', 16, os.getppid(), 0, 0)",
        "call('unshare', 0x10000000)",
        "call('mount', b'none', b'/tmp', b'tmpfs', 0, 0)",
        "call('memfd_create', b'x', 0)",
        "call('process_vm_readv', os.getppid(), 0, 0, 0, 0, 0)",
        "call('setns', 0, 0)",
        "call('shmget', 1, 4096, 0o1777)",
        "call('msgget', 1, 0o1777)",
        "call('prctl', 1, 0, 0, 0, 0)",
        "call('personality', 0x0040000)",
        "call('sendmsg', 3, 0, 0)",
        "os.mkfifo('fifo')",
        "os.link('/etc/hostname', 'linked')",
        "call('setrlimit', 4, (ctypes.c_ulong * 2)(0, 0))",
        "resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))",
        "os.nice(1)",
        "os.setpriority(os.PRIO_PROCESS, os.getppid(), 5)",
        "os.sched_setaffinity(os.getppid(), os.sched_getaffinity(0))",
        "os.sched_setaffinity(0, os.sched_getaffinity(0))",
        "os.sched_setscheduler(os.getppid(), os.SCHED_BATCH, os.sched_param(0))",
        "call('tgkill', os.getppid(), os.getppid(), 0)",
        "fcntl.fcntl(3, fcntl.F_SETOWN, os.getppid())",
        "fcntl.fcntl(3, fcntl.F_SETSIG, signal.SIGKILL)",
        "fcntl.fcntl(os.open('x', os.O_CREAT), fcntl.F_SETLEASE, fcntl.F_RDLCK)",
        "open('x', 'w').close(); os.truncate('x', 0)",
        "os.open('/etc/hostname', os.O_RDONLY | os.O_TRUNC)",
        "os.setsid()",
        "os.chown('/etc/hostname', 0, 0)",
        "os.utime('/etc/hostname')",
        "os.pidfd_open(os.getppid())",
        "number(274, os.getppid(), 0, 0)",
        "number(314, os.getppid(), 0, 0)",
        "number(251, 1, os.getppid(), 0)",
        "number(425, 1, 0)",
        "number(321, 0, 0, 0)",
        "number(323, 0)",
        "number(250, 0, 0, 0, 0)",
    ],
)
def test_what_computing_does_not_need_is_refused(server: Server, ask: Ask, attempt: str) -> None:
    """The numbers, on x86_64: get_robust_list, sched_setattr, ioprio_set, io_uring_setup, bpf, userfaultfd,
    keyctl.
    """
    if attempt.startswith("number(") and os.uname().machine != "x86_64":
        pytest.skip("system calls have other numbers here")
    with server.fork() as child:
        assert ask(child, REFUSED.format(attempt=attempt)) == "PermissionError"


@pytest.mark.parametrize(
    "source",
    [
        "import threading; t = threading.Thread(target=print); t.start(); t.join()",
        "import concurrent.futures as f; list(f.ThreadPoolExecutor(3).map(abs, range(9)))",
        "open('x', 'w').write('1'); import os; os.rename('x', 'y'); os.remove('y')",
        "import tempfile; tempfile.TemporaryDirectory().cleanup()",
        "import shutil; open('x', 'w').close(); shutil.copy('x', 'y'); shutil.copy2('x', 'z')",
        "import time; time.sleep(0.001)",
        "import signal; signal.signal(10, lambda *_: None); signal.raise_signal(10)",
        "import random, secrets; secrets.token_bytes(4)",
        "import resource; resource.getrlimit(resource.RLIMIT_CPU)",
        "import os; os.cpu_count(); os.sched_getaffinity(0); os.getcwd(); os.isatty(1)",
        "open('x', 'w').write('12'); open('x', 'r+').truncate(1); assert open('x').read() == '1'",
        "import pathlib; x = pathlib.Path('x'); x.touch(); x.touch(); assert x.exists()",
        "import os, shutil; os.mkdir('a'); open('a/f', 'w').close(); shutil.copytree('a', 'b')",
        "import fcntl; x = open('x', 'w'); fcntl.lockf(x, fcntl.LOCK_EX); fcntl.flock(x, fcntl.LOCK_EX)",
        "import zipfile; zipfile.ZipFile('x', 'w').writestr('f', '1'); zipfile.ZipFile('x').extractall()",
        "import csv, json, decimal, sqlite3; sqlite3.connect('x.db').execute('create table t (a)')",
    ],
)
def test_what_programs_do_still_works(server: Server, ask: Ask, source: str) -> None:
    with server.fork() as child:
        assert ask(child, f"{source}\nanswer = 'done'") == "done"


@pytest.mark.parametrize(
    "attempt",
    [
        "os.chmod('x', 0)",
        "os.fchmod(os.open('x', os.O_RDONLY), 0)",
        "os.chmod('x', 0, dir_fd=os.open('.', os.O_RDONLY))",
        "os.chmod('.', 0)",
        "os.utime('x', (1, 1))",
        "os.utime(os.open('x', os.O_RDONLY), (1, 1))",
        "os.utime('x', (1, 1), follow_symlinks=False)",
    ],
)
def test_modes_and_times_of_files_can_not_be_changed(server: Server, ask: Ask, attempt: str) -> None:
    """These calls report success, because `shutil.copy` and others can't do without."""
    source = f"""
import os
def seen():
    return [(os.stat(path).st_mode, os.stat(path).st_mtime_ns) for path in ("x", ".")]
open("x", "w").close()
before = seen()
{attempt}
answer = seen() == before
"""
    with server.fork() as child:
        assert ask(child, source) is True


def test_each_child_can_signal_itself_and_not_another_one(server: Server, ask: Ask) -> None:
    source = "import signal; signal.signal(10, lambda *_: None); signal.raise_signal(10); answer = 1"
    for _ in range(2):  # the server has no pid namespaces: each child has another id
        with server.fork() as child:
            assert ask(child, source) == 1


def test_the_program_is_the_same_each_time() -> None:
    program = seccomp.build_filter()
    assert program == seccomp.build_filter()
    assert len(program) % 8 == 0


def test_a_machine_without_libseccomp_is_refused_or_does_without_where_that_was_asked_for(
    start: StartServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyseccomp", None)
    with pytest.raises(SandboxUnavailable, match="apt install libseccomp2"), start():
        pass
    with Server(warm="time:time", entry="time:time", strict=False) as server:
        assert server.layers == ("bubblewrap", "namespaces", "landlock", "limits")
        assert list(server.missing) == ["seccomp"]
