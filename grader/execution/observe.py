"""Evaluate a question beside the student's code, and record what was observed.

This runs in the sandboxed child and on the student's machine. It knows no oracle and judges nothing.
"""

from __future__ import annotations

import contextlib
import random
import re
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import torch

from grader.execution.call_watch import Calls, watching
from grader.execution.simulated_gpu import GPU, SimulatedGpu, tensors_in
from grader.records.cotangent import weighted_sum
from grader.records.decode import restore
from grader.records.devices import CPU, compute_exactly
from grader.records.expression import FILENAME, evaluate
from grader.records.protocol import (
    CANNOT_TELL,
    EXPIRED,
    MAX_CALLED,
    MAX_KIND,
    MAX_LINES,
    MAX_MESSAGE,
    MISMATCH,
    Observation,
    Raised,
)
from grader.records.values import MAX_NAME, Tensor, TextFile, record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from grader.records.protocol import Ask
    from grader.records.values import Value

MAX_FRAMES: Final = 6
MAX_LINE: Final = 200
CALL_REFUSED: Final = re.compile(r"argument|not callable")
"""What the message of a `TypeError` contains if the arguments of a call don't match."""


def observe(
    ask: Ask, names: Mapping[str, object], *, files: Collection[str]
) -> tuple[Observation, BaseException | None]:
    """Evaluate one question; return the observation, and the exception if the student's code raised one.

    Args:
        ask: the question.
        names: the answer and the section's drive functions.
        files: the file names of the student's code, by which its lines of a traceback are recognized.

    """
    if ask.on_simulated_gpu:
        return _observe_on_simulated_gpu(ask, names, files)
    if ask.device != CPU:
        compute_exactly()
    with tempfile.TemporaryDirectory() if _needs_folder(ask.inputs) else contextlib.nullcontext() as made:
        folder = Path(made) if made else None
        inputs = {
            name: restore(value, device=ask.device, folder=folder) for name, value in ask.inputs.items()
        }
        leaves = [inputs[name].requires_grad_() for name in ask.differentiate]
        before = {name: _initial_state(ask, name, value) for name, value in inputs.items()}
        calls = Calls()
        scope = {**base_scope(ask), **names, **inputs}
        _seed_everything(ask.seed)
        try:
            with watching(calls) if ask.watch_calls else contextlib.nullcontext():
                result = evaluate(ask.expression, scope)
            gradients = _gradients(result, ask, leaves) if ask.differentiate else None
            found = record(result, ask.max_result_bytes)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - any exception of a student's code is an observation
            return Observation(raised=describe_exception(error, files), **_recorded(calls)), error
        after = {name: _state(ask.inputs[name], value) for name, value in inputs.items()}
        # In a tuple, because a NaN there is equal to itself.
        changed = tuple(name for name in inputs if (after[name],) != (before[name],))
        seen = Observation(
            found,
            changed=changed,
            gradients=gradients,
            argument_device=_argument_device(inputs),
            **_recorded(calls),
        )
        return seen, None


def _observe_on_simulated_gpu(
    ask: Ask, names: Mapping[str, object], files: Collection[str]
) -> tuple[Observation, BaseException | None]:
    """Evaluate a question as if its tensors were on a GPU; report only errors in the student's own lines."""
    inputs = {name: restore(value) for name, value in ask.inputs.items()}
    gpu = SimulatedGpu()
    for one in tensors_in(inputs):
        gpu.set_location(one, "gpu")
    _seed_everything(ask.seed)
    found: Value = None
    try:
        with gpu.active():
            result = evaluate(ask.expression, {**base_scope(ask), **names, **inputs})
        found = gpu.with_devices(result, record(result, ask.max_result_bytes))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - as above
        raised = describe_exception(error, files)
        if raised.kind == EXPIRED or (raised.kind == MISMATCH and raised.lines and not gpu.unknown_reason):
            return Observation(raised=raised), error
        gpu.unknown_reason = gpu.unknown_reason or f"{raised.kind}: {raised.message}"
    if gpu.unknown_reason:
        return Observation(
            raised=Raised(CANNOT_TELL, gpu.unknown_reason[:MAX_MESSAGE], "", inside=True)
        ), None
    return Observation(found, argument_device=GPU), None


def base_scope(ask: Ask) -> dict[str, object]:
    """Return the names in scope besides the answer, the drive's functions and the inputs."""
    return {"torch": torch, "device": torch.device(ask.device)}


def describe_exception(error: BaseException, files: Collection[str]) -> Raised:
    """Describe an exception by the student's own lines of its traceback."""
    frames = traceback.extract_tb(BaseException.__dict__["__traceback__"].__get__(error))
    own = [frame for frame in frames if frame.filename.startswith(tuple(files))]
    shown = own if len(own) <= MAX_FRAMES else own[: MAX_FRAMES // 2] + own[-MAX_FRAMES // 2 :]
    text = "\n".join(
        f"{Path(frame.filename).name[:MAX_LINE]}, line {frame.lineno}, in {frame.name[:MAX_LINE]}\n"
        f"    {(frame.line or '')[:MAX_LINE]}"
        for frame in shown
    )
    message = _message(error)
    call_refused = (
        issubclass(type(error), TypeError)
        and bool(frames)
        and frames[-1].filename == FILENAME
        and CALL_REFUSED.search(message) is not None
    )
    kind = type.__dict__["__name__"].__get__(type(error))[:MAX_KIND]
    return Raised(_encodable(kind), message, _encodable(text[:MAX_LINES]), inside=not call_refused)


def _message(error: BaseException) -> str:
    """Return the text of an exception; nothing, if that raises another one."""
    try:
        text = str(error)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - a student's exception may raise anything
        return ""
    return _encodable(str.__getitem__(text, slice(MAX_MESSAGE)))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _argument_device(inputs: Mapping[str, Any]) -> str:
    """Return the device of the arguments, which are all on the same one."""
    for value in inputs.values():
        for one in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(one, torch.Tensor):
                return str(one.device)
    return "cpu"


def _needs_folder(inputs: Mapping[str, Value]) -> bool:
    return any(isinstance(value, TextFile) for value in inputs.values())


def _initial_state(ask: Ask, name: str, value: Any) -> Value:  # noqa: ANN401 - an input, as it was restored
    """Return the `_state` of an input before the call; that of a plain tensor is the record that was sent."""
    given = ask.inputs[name]
    same = isinstance(given, Tensor) and given.device == str(value.device)
    return given if same and name not in ask.differentiate else _state(given, value)


def _state(given: Value, value: Any) -> Value:  # noqa: ANN401 - an input, as it was restored
    """Record an input as it is now; of a file, its text, or None if it was deleted."""
    if not isinstance(given, TextFile):
        return record(value)
    path = Path(value)
    try:
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
    except OSError:
        return None


def _seed_everything(seed: int) -> None:
    """Seed every random number generator.

    `torch.manual_seed` is not used: before CUDA is initialized it stores a traceback in each call, which
    takes longer than most answers.
    """
    random.seed(seed)
    torch.default_generator.manual_seed(seed)
    if torch.cuda.is_initialized():
        torch.cuda.manual_seed_all(seed)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(seed % 2**32)


def _gradients(result: Any, ask: Ask, leaves: list[torch.Tensor]) -> dict[str, Tensor | None]:  # noqa: ANN401
    """Differentiate the weighted sum of the results; None for an input that no gradient reaches.

    That is so for all inputs if one of several results is cut off from every input.
    """
    results = list(result) if isinstance(result, (list, tuple)) else [result]
    if not results or not all(isinstance(one, torch.Tensor) and one.requires_grad for one in results):
        return dict.fromkeys(ask.differentiate)
    # Not grad_outputs: its first use imports sympy and 500 modules more.
    found: tuple[torch.Tensor | None, ...] = torch.autograd.grad(
        weighted_sum(results, ask.seed), leaves, allow_unused=True
    )
    records = [None if gradient is None else record(gradient, ask.max_result_bytes) for gradient in found]
    return {
        name: value if isinstance(value, Tensor) else None
        for name, value in zip(ask.differentiate, records, strict=True)
    }


def _recorded(calls: Calls) -> dict[str, Any]:
    """Return what was called, as the fields of an `Observation`; too many names are a disturbance, too."""
    called, operations = calls.called - {""}, calls.operations
    overflow = max(len(called), len(operations)) > MAX_CALLED
    return {
        "called": _names(called),
        "operations": _names(operations),
        "disturbances": tuple(sorted(calls.disturbances | ({"overflow"} if overflow else set()))),
    }


def _names(called: set[str]) -> tuple[str, ...]:
    return tuple(_encodable(name[:MAX_NAME]) for name in sorted(called)[:MAX_CALLED])
