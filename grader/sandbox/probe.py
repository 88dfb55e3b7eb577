"""Try something that can't be undone in a process of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_MAX_REASON_BYTES = 2**12


def failure_reason(action: Callable[[], None]) -> str:
    """Return why a forked process can't do `action`, or "" if it can. Call it while there is one thread."""
    reads, writes = os.pipe()
    pid = os.fork()
    if pid == 0:
        reason = ""
        try:
            action()
        except Exception as error:  # noqa: BLE001 - every exception is a reason
            reason = f"{type(error).__name__}: {error}"
        finally:
            os.write(writes, reason.encode(errors="replace")[:_MAX_REASON_BYTES])
            os._exit(1 if reason else 0)
    os.close(writes)
    with os.fdopen(reads, "rb") as answer:
        reason = answer.read().decode(errors="replace")
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return reason or (f"a process that tried it ended with {code}" if code else "")
