"""A worker ends with its run, whatever it is doing."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

WORKER = """
import signal, socket, sys, time
from grader.grading import hang_up
hang_up.WAITING_SECONDS, hang_up.GRACE_SECONDS = 0.01, 0.5
if sys.argv[2] == "deaf":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
hang_up.end_with(socket.socket(fileno=int(sys.argv[1])), lambda: print("cleaned up", flush=True))
print("computing", flush=True)
while True:
    pass
"""


@pytest.mark.parametrize(("kind", "status", "said"), [("usual", -15, ""), ("deaf", 1, "cleaned up\n")])
def test_a_process_that_computes_ends_when_the_other_side_hangs_up(kind: str, status: int, said: str) -> None:
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-c", WORKER, str(theirs.fileno()), kind]
    with subprocess.Popen(command, pass_fds=[theirs.fileno()], stdout=subprocess.PIPE, text=True) as worker:
        theirs.close()
        assert worker.stdout is not None
        assert worker.stdout.readline() == "computing\n"
        assert worker.poll() is None
        ours.close()
        assert worker.communicate(timeout=30)[0] == said
    assert worker.returncode == status
