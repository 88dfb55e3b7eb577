"""The code that runs in the sandbox: load a student's program, and reply to questions with observations.

Nothing here knows oracles, references or points, and nothing judges.
"""

from __future__ import annotations

import contextlib
import importlib.util
import inspect
import os
import signal
import sys
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from grader.execution.call_watch import is_as_remembered
from grader.execution.loading import importable
from grader.execution.loading.replacing import Replacement, answer_in
from grader.execution.process_state import ProcessState, take_snapshot
from grader.execution.remote_function import RemoteFunction
from grader.execution.stopwatch import ProcessorStopwatch
from grader.execution.student_code import Answers
from grader.records.devices import GPU_SHARE_VARIABLE, open_gpu
from grader.records.protocol import (
    MAX_MESSAGE,
    MAX_NAMES,
    AskAttempt,
    Contents,
    GpuStarted,
    Load,
    Observations,
    RemoteResult,
    Trace,
    Used,
)
from grader.sandbox.cuda_start import first_refusal
from grader.sandbox.gpu import own_device_files

if TYPE_CHECKING:
    from grader.records.protocol import CorrectAnswer, RemoteCall
    from grader.sandbox import Channel


REQUESTS: Final = msgspec.msgpack.Decoder(Load | AskAttempt | Trace)
"""Decodes what a child is asked. Made by the server: what msgspec knows of these types, each child has."""


def course_folder() -> Path:
    """Return the folder in which the course's drive files and data are shown."""
    return Path(os.environ["GRADBOOK_COURSE"])


def warm_up() -> None:
    """Import what answers may need, including what torch imports lazily, before the first fork."""
    import numpy as np
    import pandas as pd
    import torch

    from grader.datasets import training_data
    from grader.datasets.registry import DATA_SET_VARIABLE, DATA_SETS, DEFAULT
    from grader.execution.lazy_dynamo import put_off_dynamo

    put_off_dynamo()
    torch.set_num_threads(1)
    # torch finds out about the processor from /proc, once. A child doesn't see it, and would compute without
    # vector instructions: more slowly, and rounded differently than where it is judged.
    torch.backends.cpu.get_cpu_capability()
    load_without_workers()
    pd.get_dummies(pd.DataFrame({"a": [1.0, np.nan], "b": ["x", None]}), dummy_na=True)
    data_set = DATA_SETS[os.environ.get(DATA_SET_VARIABLE, DEFAULT.name)]
    training_data.use(course_folder() / "data", data_set=data_set)
    if (course_folder() / "data").exists():
        training_data.training_images()
    for path in sorted(course_folder().glob("drive_*.py")):
        drive_names(path.stem.removeprefix("drive_"))
    take_snapshot()


def import_pyplot() -> None:
    """Import what draws, which takes half as long as torch."""
    import matplotlib.pyplot as plt

    plt.switch_backend("agg")
    take_snapshot()


class Later(NamedTuple):
    """What a server imports before the first child that needs it, so that no answer's time runs meanwhile.

    Args:
        target: the function that imports it, as `module:function`.
        words: a program that has one of these somewhere may need it.
    """

    target: str
    words: tuple[str, ...]


LATER: Final = {
    "plots": Later(f"{__name__}:{import_pyplot.__name__}", ("plt", "pyplot", "matplotlib", "pylab", "d2l")),
}
"""All of it, by name."""
LATER_TARGETS: Final = {name: later.target for name, later in LATER.items()}
"""The functions that import it, for a server."""


def needs(load: Load) -> tuple[str, ...]:
    """Return which of `LATER` a program needs."""
    sources = [cell.source for file in load.files for cell in file.cells]
    sources += [module.source for module in load.supplied]
    sources += [correct.source for correct in load.replaced.values()]
    text = "\n".join(sources)
    return tuple(name for name, later in LATER.items() if any(word in text for word in later.words))


def load_without_workers() -> None:
    """Make every `DataLoader` load in this process, since none can be started in the sandbox.

    The book asks for 4 workers; their number doesn't change what is loaded.
    """
    from torch.utils.data import DataLoader

    original = DataLoader.__init__
    parameters = inspect.signature(original)
    for_workers = {"num_workers", "timeout", "worker_init_fn", "multiprocessing_context"}
    for_workers |= {"prefetch_factor", "persistent_workers"}

    @wraps(original)
    def in_this_process(*arguments: Any, **named: Any) -> None:  # noqa: ANN401 - as torch's own
        bound = parameters.bind(*arguments, **named).arguments
        original(**{name: value for name, value in bound.items() if name not in for_workers})

    DataLoader.__init__ = in_this_process  # type: ignore[method-assign]


def serve_on_gpu(channel: Channel) -> None:
    """Open the GPU, then load one program after the other, and reply (see `serve`)."""
    channel.send(msgspec.msgpack.encode(start_gpu(float(os.environ[GPU_SHARE_VARIABLE]))))
    serve(channel)


def serve(channel: Channel) -> None:
    """Load one program after the other, and reply to questions about each, until the channel is closed.

    What a program changed is put back before another is loaded. A process in which that can't be done ends,
    and the grader starts another.

    An alarm that a student's code has set is ignored between two questions. (The first process of a pid
    namespace would ignore it anyway; a child without a pid namespace would not.)
    """
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    state = ProcessState(Path.cwd())
    answers: Answers | None = None
    supplied = contextlib.ExitStack()
    while (payload := channel.receive()) is not None:
        message = REQUESTS.decode(payload)
        if isinstance(message, Load):
            if answers is not None:
                if not is_as_remembered():
                    return  # what the last program left running would disturb this one
                answers = None
                supplied.close()
                state.restore()
            supplied.enter_context(importable(message.supplied))
            answers = Answers(
                message.files,
                message.wanted,
                drive_names(message.section),
                section=message.section,
                replaced={
                    name: replacement(name, correct, channel) for name, correct in message.replaced.items()
                },
                traced=message.traced,
                attempts=message.attempts,
                seconds=message.seconds,
                stopwatch=ProcessorStopwatch,
            )
            channel.send(msgspec.msgpack.encode(contents(answers)))
        elif isinstance(message, Trace) and answers is not None:
            used = answers.used(message.exercise, message.attempt, message.asks, message.seconds)
            channel.send(msgspec.msgpack.encode(Used(tuple(used)[:MAX_NAMES])))
        elif isinstance(message, AskAttempt) and answers is not None:
            observed = answers.ask(message.exercise, message.attempt, message.asks, message.seconds)
            reply = Observations(tuple(observation for observation, _error in observed))
            channel.send(msgspec.msgpack.encode(reply))


def replacement(name: str, correct: CorrectAnswer, channel: Channel) -> Replacement:
    """Return what takes the place of a student's answer; of a function that the grader has, only the name."""

    def call(message: RemoteCall) -> RemoteResult:
        channel.send(msgspec.msgpack.encode(message))
        return msgspec.msgpack.decode(channel.receive() or b"", type=RemoteResult)

    answer = answer_in(correct.source, name) if correct.source else RemoteFunction(name, call)
    return Replacement(correct.spellings, answer)


def start_gpu(share: float) -> GpuStarted:
    """Start CUDA with this share of the GPU's memory, and return whether that worked.

    If not, the call is named that the sandbox refuses.
    """
    try:
        open_gpu(share)
    except Exception as error:  # noqa: BLE001 - the exception is the reason
        said = str(error).strip().partition("\n")[0].rstrip(".")
        refused = first_refusal(own_device_files())
        return GpuStarted(f"{type(error).__name__}: {said}. {refused}".strip()[:MAX_MESSAGE])
    return GpuStarted()


def contents(answers: Answers) -> Contents:
    """Return what a program defines."""
    absent = {name: answers.absent(name) for name in answers.wanted}
    return Contents(
        found={name: answers.found(name) for name in answers.wanted},
        absent={name: why for name, why in absent.items() if why is not None},
    )


@cache
def drive_names(section: str) -> dict[str, Any]:
    """Return what a section's drive file defines; nothing if it has none."""
    path = course_folder() / f"drive_{section}.py"
    if not path.exists():
        return {}
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        return {}
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return vars(module)
