"""End a worker when its run has ended, also while it computes."""

from __future__ import annotations

import os
import select
import signal
import threading
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

WAITING_SECONDS: Final = 0.5
"""For a worker that waits for the run: it notices by itself."""
GRACE_SECONDS: Final = 5.0
"""For ending the sandbox after SIGTERM."""


def end_with(channel: socket.socket, clean_up: Callable[[], object]) -> None:
    """Have this process end soon after the other end of `channel` is gone.

    It gets SIGTERM first; if that doesn't end it, `clean_up` is called in another thread, and it exits.
    """
    threading.Thread(target=_wait_and_end, args=(channel.fileno(), clean_up), daemon=True).start()


def _wait_and_end(descriptor: int, clean_up: Callable[[], object]) -> None:
    events = select.poll()
    events.register(descriptor, 0)  # a hang-up is always reported
    events.poll()
    time.sleep(WAITING_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    try:
        clean_up()
    finally:
        os._exit(1)
