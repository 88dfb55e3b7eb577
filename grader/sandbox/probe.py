"""Trying out, in a process of its own, what can't be undone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 2**12


def complaint(action: Callable[[], None]) -> str:
    """Why a forked process can't do this, or "" if it can. Call it while there is one thread."""
    reads, writes = os.pipe()
    pid = os.fork()
    if pid == 0:
        said = ""
        try:
            action()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is why
            said = f"{type(error).__name__}: {error}"
        finally:
            os.write(writes, said.encode(errors="replace")[:_LONGEST])
            os._exit(1 if said else 0)
    os.close(writes)
    with os.fdopen(reads, "rb") as answer:
        why = answer.read().decode(errors="replace")
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return why or (f"a process that tried it ended with {code}" if code else "")
