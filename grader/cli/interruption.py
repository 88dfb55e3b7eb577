"""Signals that ask a command to end are handled as Ctrl-C is: what was done is kept."""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

SIGNALS: Final = tuple(
    found for name in ("SIGTERM", "SIGHUP") if (found := getattr(signal, name, None)) is not None
)
"""Those of `kill`, of schedulers and containers, and of a terminal that is closed. Windows lacks the last."""
BASE_STATUS: Final = 128
"""Shells report a program that a signal ended by the signal's number plus this."""


class Interruption:
    """The signal that interrupted a command; Ctrl-C, unless another one came."""

    def __init__(self) -> None:
        self.signal: int = signal.SIGINT

    @property
    def status(self) -> int:
        """The exit status of the command."""
        return BASE_STATUS + self.signal


@contextlib.contextmanager
def as_interrupts() -> Iterator[Interruption]:
    """Raise `KeyboardInterrupt` for the first of `SIGNALS` that comes; further ones don't disturb the end.

    Signals that are ignored, as by `nohup`, or handled already, stay so. Call it in the main thread.
    """
    interruption = Interruption()

    def interrupt(number: int, _frame: FrameType | None) -> None:
        if interruption.signal == signal.SIGINT:
            interruption.signal = number
            raise KeyboardInterrupt

    handled = [number for number in SIGNALS if signal.getsignal(number) is signal.SIG_DFL]
    for number in handled:
        signal.signal(number, interrupt)
    try:
        yield interruption
    finally:
        for number in handled:
            signal.signal(number, signal.SIG_DFL)
