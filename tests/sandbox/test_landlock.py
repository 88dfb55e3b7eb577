"""Landlock by itself, without any other layer: files, signals and sockets out of a child's reach."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.sandbox import Server
    from tests.sandbox.conftest import Ask, StartServer

REFUSED = """
try:
    {attempt}
    answer = "done"
except OSError as error:
    answer = type(error).__name__
"""


@pytest.fixture(scope="module")
def server(start: StartServer) -> Iterator[Server]:
    with start(["landlock"]) as server:
        assert server.layers == ("landlock",)
        yield server


@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/passwd')",
        "open('/etc/hostname', 'w')",
        "open('/proc/self/environ')",
        "import os; os.listdir('/')",
        f"import os; os.listdir({str(Path.home())!r})",
        "import sys; open(sys.prefix + '/written', 'w')",
        "import os; os.mkdir(os.path.dirname(os.__file__) + '/written')",
        "import os; os.mkfifo('/tmp/gradbook-fifo')",
        "import os; os.mknod('device', 0o600 | 0o020000, 0x0103)",
        "import socket; socket.socket().bind(('127.0.0.1', 0))",
    ],
)
def test_what_is_not_allowed_is_refused(server: Server, ask: Ask, attempt: str) -> None:
    with server.fork() as child:
        assert ask(child, REFUSED.format(attempt=attempt)) == "PermissionError"


def test_packages_can_be_imported_and_the_box_written_to(server: Server, ask: Ask) -> None:
    source = "import msgspec, tempfile; open('mine', 'w').write('1'); answer = open('mine').read()"
    with server.fork() as child:
        assert ask(child, source) == "1"
        assert (
            ask(child, "answer = open('/dev/null', 'w').write('x') + len(open('/dev/urandom', 'rb').read(2))")
            == 3
        )


def test_a_file_of_the_graders_user_can_not_be_read(server: Server, ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "answers.py").write_text("secret")
    with server.fork() as child:
        assert (
            ask(child, REFUSED.format(attempt=f"open({str(tmp_path / 'answers.py')!r})")) == "PermissionError"
        )


def test_a_listener_on_loopback_can_not_be_reached(server: Server, ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        attempt = (
            f"import socket; socket.create_connection(('127.0.0.1', {listener.getsockname()[1]}), timeout=2)"
        )
        with server.fork() as child:
            assert ask(child, REFUSED.format(attempt=attempt)) == "PermissionError"


def test_an_abstract_socket_of_somebody_elses_can_not_be_reached(server: Server, ask: Ask) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        name = f"gradbook-landlock-{os.getpid()}"
        listener.bind(f"\0{name}")
        listener.listen()
        attempt = f"import socket; socket.socket(socket.AF_UNIX).connect('\\0{name}')"
        with server.fork() as child:
            assert ask(child, REFUSED.format(attempt=attempt)) == "PermissionError"


def test_other_processes_can_not_be_signalled(server: Server, ask: Ask) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as other:
        with server.fork() as child:
            attempt = f"import os; os.kill({other.pid}, {int(signal.SIGTERM)})"
            assert ask(child, REFUSED.format(attempt=attempt)) == "PermissionError"
            attempt = f"import os; os.kill(os.getppid(), {int(signal.SIGTERM)})"
            assert ask(child, REFUSED.format(attempt=attempt)) == "PermissionError"
        assert other.poll() is None
        other.kill()
