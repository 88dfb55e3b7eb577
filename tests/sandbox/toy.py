"""What the toy servers of these tests run in the sandbox: the source that they receive."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.sandbox import Channel


def warm() -> None:
    """Nothing to preload: such a server starts at once."""


def warm_with_torch() -> None:
    """Imports torch and what it imports lazily, without running anything that starts threads."""
    import torch

    torch.set_num_threads(1)
    torch.optim.SGD([torch.zeros(1)], lr=0.1)


def warm_with_a_thread() -> None:
    """Leaves a thread running, which no server may have."""
    import threading

    threading.Thread(target=threading.Event().wait, daemon=True).start()


MEMORY: list[bytes] = []


def warm_with_memory() -> None:
    """Has several huge pages of memory, in ordinary ones."""
    MEMORY.append(bytes(range(256)) * 2**16)


def import_later() -> None:
    """Imports what few children need; a test can tell that by `sys.modules`."""
    import colorsys  # noqa: F401 - small, and used by nobody


def warm_badly() -> None:
    """Fails as a broken drive module would."""
    raise RuntimeError("no such data set")


def run(channel: Channel) -> None:
    """Executes each source that comes, and answers with the `repr` of what it leaves in `answer`."""
    while (source := channel.receive()) is not None:
        scope: dict[str, object] = {"channel": channel}
        exec(source, scope)  # noqa: S102 - that is the point
        channel.send(repr(scope.get("answer")).encode())


def echo(channel: Channel) -> None:
    """Sends back whatever comes."""
    while (payload := channel.receive()) is not None:
        channel.send(payload)
