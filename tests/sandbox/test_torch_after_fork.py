"""A preloaded torch survives the fork: no threads, and a child can train at once."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.sandbox import Limits, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.sandbox.conftest import Ask, StartServer

TRAIN = """
import torch
torch.manual_seed(0)
X, y = torch.randn(64, 8), torch.randn(64, 1)
net = torch.nn.Sequential(torch.nn.Linear(8, 32), torch.nn.ReLU(), torch.nn.Linear(32, 1))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
answer = []
for _ in range(20):
    optimizer.zero_grad()
    loss = ((net(X) - y) ** 2).mean()
    loss.backward()
    optimizer.step()
    answer.append(loss.item())
"""


@pytest.fixture(scope="module")
def server(start: StartServer) -> Iterator[Server]:
    with start(warm="toy:warm_with_torch", limits=Limits(memory=512 << 20)) as server:
        yield server


def test_the_server_has_one_thread(server: Server, pid_of: Callable[[Server], int]) -> None:
    assert len(list(Path(f"/proc/{pid_of(server)}/task").iterdir())) == 1


def test_a_child_trains_at_once_and_as_outside(server: Server, ask: Ask) -> None:
    """A server with threads would hang here; one that had not imported what SGD needs would take a second."""
    scope: dict[str, list[float]] = {}
    exec(TRAIN, scope)  # noqa: S102 - the same source on this side
    seconds = []
    for _ in range(3):
        started = time.monotonic()
        with server.fork() as child:
            losses = ask(child, TRAIN)
        seconds.append(time.monotonic() - started)
        assert losses == pytest.approx(scope["answer"], rel=1e-4)
        assert losses[-1] < losses[0]
    assert statistics.median(seconds) < 1


LIBRARIES = """
import os, pathlib, shutil, tempfile
import matplotlib.pyplot as plt, numpy as np, pandas as pd, torch
tensor = torch.arange(6.0).reshape(2, 3)
torch.save({"tensor": tensor}, "saved.pt")
assert torch.equal(torch.load("saved.pt")["tensor"], tensor)
shutil.copyfile("saved.pt", "copied.pt")
torch.nn.Module().load_state_dict({})
frame = pd.DataFrame({"a": [1, 2], "b": ["x", None]})
frame.to_csv("frame.csv", index=False)
assert pd.read_csv("frame.csv").equals(frame)
np.save("array.npy", tensor.numpy())
assert np.load("array.npy", mmap_mode="r").shape == (2, 3)
plt.plot([1, 2])
plt.savefig("figure.png")
pathlib.Path("touched").touch()
with tempfile.NamedTemporaryFile() as file, tempfile.TemporaryDirectory() as folder:
    file.write(b"x")
    shutil.move("touched", folder)
torch.set_num_threads(4)
torch.randn(500, 500) @ torch.randn(500, 500)
list(torch.utils.data.DataLoader(torch.utils.data.TensorDataset(tensor), batch_size=1, num_workers=0))
answer = sorted(os.listdir())
"""


def test_libraries_do_all_that_answers_use_them_for(server: Server, ask: Ask) -> None:
    with server.fork() as child:
        found = ask(child, LIBRARIES, 60.0)
    assert {"saved.pt", "copied.pt", "frame.csv", "array.npy", "figure.png"} <= set(found)


def test_a_tensor_too_large_is_an_error_that_code_can_catch(server: Server, ask: Ask) -> None:
    source = "import torch\ntry:\n  torch.ones(2**30)\nexcept RuntimeError as e:\n  answer = str(e)"
    with server.fork() as child:
        assert "can't allocate memory" in ask(child, source)
