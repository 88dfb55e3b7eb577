"""What runs behind the wall: it loads a student's code, and answers questions with observations.

Neither oracles nor references nor points are here, nor anything that judges.
"""

from __future__ import annotations

import importlib.util
import inspect
import os
import signal
import sys
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from grader.execution.student_code import Answers
from grader.records.devices import SHARE, open_gpu
from grader.records.protocol import Contents, Load, Observations, Opened, Pose

if TYPE_CHECKING:
    from grader.sandbox import Channel


def folder() -> Path:
    """Return the folder in which the course's drive files and data are shown."""
    return Path(os.environ["GRADBOOK_COURSE"])


def warm_up() -> None:
    """Import what answers may need, and touch what torch imports lazily, before the first fork."""
    import matplotlib.pyplot as plt
    import numpy as np
    import pandas as pd
    import torch

    from grader.datasets import training_data

    torch.set_num_threads(1)
    torch.testing.assert_close(torch.ones(1), torch.ones(1))
    torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=0.1)
    load_without_workers()
    pd.get_dummies(pd.DataFrame({"a": [1.0, np.nan], "b": ["x", None]}), dummy_na=True)
    plt.switch_backend("agg")
    sys.path.insert(0, str(folder() / "supplied"))
    training_data.use(folder() / "data")
    if (folder() / "data").exists():
        training_data.training_images()
        training_data.validation_images()
    for path in sorted(folder().glob("drive_*.py")):
        drive(path.stem.removeprefix("drive_"))
    if (folder() / "supplied").exists():
        importlib.import_module("d2l.torch")


def load_without_workers() -> None:
    """Let every `DataLoader` load in its own process, whatever it is told: here, none can start another.

    The book asks for 4 workers; how many there are changes nothing in what is loaded.
    """
    from torch.utils.data import DataLoader

    original = DataLoader.__init__
    parameters = inspect.signature(original)
    for_workers = {"num_workers", "timeout", "worker_init_fn", "multiprocessing_context"}
    for_workers |= {"prefetch_factor", "persistent_workers"}

    @wraps(original)
    def alone(*arguments: Any, **named: Any) -> None:  # noqa: ANN401 - as torch's own
        bound = parameters.bind(*arguments, **named).arguments
        original(**{name: value for name, value in bound.items() if name not in for_workers})

    DataLoader.__init__ = alone  # type: ignore[method-assign]


def serve(channel: Channel) -> None:
    """Load one program, then answer until the channel ends.

    An alarm that a student's code set ends nothing when it comes between two questions. (Process 1 of a
    namespace is spared signals anyway; a child without a namespace of its own isn't.)
    """
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    if SHARE in os.environ:
        channel.send(msgspec.msgpack.encode(opened(float(os.environ[SHARE]))))
    answers: Answers | None = None
    while (payload := channel.receive()) is not None:
        message = msgspec.msgpack.decode(payload, type=Load | Pose)
        if isinstance(message, Load):
            answers = Answers(
                message.files,
                message.wanted,
                drive(message.section),
                overrides=message.overrides,
                attempts=message.attempts,
            )
            channel.send(msgspec.msgpack.encode(contents(answers)))
        elif answers is not None:
            posed = answers.ask(message.exercise, message.attempt, message.asks, message.seconds)
            seen = Observations(tuple(observation for observation, _error in posed))
            channel.send(msgspec.msgpack.encode(seen))


def opened(share: float) -> Opened:
    """Open the GPU, and say how that went."""
    try:
        open_gpu(share)
    except Exception as error:  # noqa: BLE001 - whatever CUDA or torch says is the reason
        return Opened(f"{type(error).__name__}: {error}")
    return Opened()


def contents(answers: Answers) -> Contents:
    """Return what a program was found to hold."""
    absent = {name: answers.absent(name) for name in answers.wanted}
    return Contents(
        found={name: answers.found(name) for name in answers.wanted},
        absent={name: why for name, why in absent.items() if why is not None},
    )


@cache
def drive(section: str) -> dict[str, Any]:
    """Return what a section's drive file defines; nothing, where it has none."""
    path = folder() / f"drive_{section}.py"
    if not path.exists():
        return {}
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        return {}
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return vars(module)
