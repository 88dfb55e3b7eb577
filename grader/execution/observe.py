"""The drive half: evaluate a question beside the student's code, and record what was seen.

This module runs in the sandboxed child and at the student's desk. It knows no oracle and judges nothing.
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
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from grader.execution.simulated_gpu import GPU, Elsewhere, tensors_in
from grader.records.cotangent import cotangent
from grader.records.decode import restore
from grader.records.devices import CPU, compute_exactly
from grader.records.expression import FILENAME, evaluate
from grader.records.protocol import CANNOT_TELL, EXPIRED, MAX_CALLED, MISMATCH, Observation, Raised
from grader.records.values import Tensor, TextFile, record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from types import FrameType

    from grader.records.protocol import Ask
    from grader.records.values import Value

MAX_FRAMES: Final = 6
MAX_MESSAGE: Final = 2_000
MAX_LINE: Final = 200
PLUMBING: Final = ("torch._", "torch.compiler", "torch.utils._")
"""Modules of torch by which calls reach operations, and that do nothing for a student."""
REFUSAL: Final = re.compile(r"argument|not callable")
"""How Python and torch say that a call doesn't fit, and not that its result can't be added to something."""


def observe(
    ask: Ask, names: Mapping[str, object], *, files: Collection[str]
) -> tuple[Observation, BaseException | None]:
    """Evaluate one question; return what was seen, and the exception if one left the student's code.

    `names` holds the answer, its siblings and the section's drive functions; `files` are the file
    names of the student's code, by which its lines are told apart from everybody else's.
    """
    if ask.elsewhere:
        return _observe_elsewhere(ask, names, files)
    if ask.device != CPU:
        compute_exactly()
    with tempfile.TemporaryDirectory() if _needs_folder(ask.inputs) else contextlib.nullcontext() as made:
        folder = Path(made) if made else None
        inputs = {
            name: restore(value, device=ask.device, folder=folder) for name, value in ask.inputs.items()
        }
        leaves = [inputs[name].requires_grad_() for name in ask.differentiate]
        before = {name: _first_state(ask, name, value) for name, value in inputs.items()}
        called: set[str] = set()
        scope = {**surroundings(ask), **names, **inputs}
        _seed_everything(ask.seed)
        try:
            with _watching(called) if ask.watch_calls else contextlib.nullcontext():
                result = evaluate(ask.expression, scope)
            gradients = _gradients(result, ask, leaves) if ask.differentiate else None
            found = record(result, ask.room)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - whatever a student's code raises is an observation
            return Observation(raised=raised_by(error, files), called=_names(called)), error
        after = {name: _state(ask.inputs[name], value) for name, value in inputs.items()}
        # In a tuple, because a NaN there is equal to itself.
        changed = tuple(name for name in inputs if (after[name],) != (before[name],))
        seen = Observation(
            found, changed=changed, called=_names(called), gradients=gradients, home=_home(inputs)
        )
        return seen, None


def _observe_elsewhere(
    ask: Ask, names: Mapping[str, object], files: Collection[str]
) -> tuple[Observation, BaseException | None]:
    """Evaluate a question as if its tensors were on a GPU; blame nothing but a line of the student's own."""
    inputs = {name: restore(value) for name, value in ask.inputs.items()}
    stage = Elsewhere()
    for one in tensors_in(inputs):
        stage.put(one, "gpu")
    _seed_everything(ask.seed)
    found: Value = None
    try:
        with stage.entered():
            result = evaluate(ask.expression, {**surroundings(ask), **names, **inputs})
        found = stage.located(result, record(result, ask.room))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - as above
        raised = raised_by(error, files)
        if raised.kind == EXPIRED or (raised.kind == MISMATCH and raised.lines and not stage.doubt):
            return Observation(raised=raised), error
        stage.doubt = stage.doubt or f"{raised.kind}: {raised.message}"
    if stage.doubt:
        return Observation(raised=Raised(CANNOT_TELL, stage.doubt[:MAX_MESSAGE], "", inside=True)), None
    return Observation(found, home=GPU), None


def surroundings(ask: Ask) -> dict[str, object]:
    """Return what expressions may name besides the answer, the drive's functions and the inputs."""
    return {"torch": torch, "device": torch.device(ask.device)}


def raised_by(error: BaseException, files: Collection[str]) -> Raised:
    """Describe an exception by the student's own lines of its traceback."""
    frames = traceback.extract_tb(BaseException.__dict__["__traceback__"].__get__(error))
    own = [frame for frame in frames if frame.filename.startswith(tuple(files))]
    shown = own if len(own) <= MAX_FRAMES else own[: MAX_FRAMES // 2] + own[-MAX_FRAMES // 2 :]
    text = "\n".join(
        f"{Path(frame.filename).name}, line {frame.lineno}, in {frame.name[:MAX_LINE]}\n"
        f"    {(frame.line or '')[:MAX_LINE]}"
        for frame in shown
    )
    message = _message(error)
    refused = (
        issubclass(type(error), TypeError)
        and bool(frames)
        and frames[-1].filename == FILENAME
        and REFUSAL.search(message) is not None
    )
    kind = type.__dict__["__name__"].__get__(type(error))[:100]
    return Raised(_encodable(kind), message, _encodable(text), inside=not refused)


def _message(error: BaseException) -> str:
    """Return what an exception says of itself; nothing, where it fails to print itself."""
    try:
        said = str(error)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - a student's exception may raise whatever it likes
        return ""
    return _encodable(str.__getitem__(said, slice(MAX_MESSAGE)))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _home(inputs: Mapping[str, Any]) -> str:
    """Return the device of the arguments; they are all on one."""
    for value in inputs.values():
        for one in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(one, torch.Tensor):
                return str(one.device)
    return "cpu"


def _needs_folder(inputs: Mapping[str, Value]) -> bool:
    return any(isinstance(value, TextFile) for value in inputs.values())


def _first_state(ask: Ask, name: str, value: Any) -> Value:  # noqa: ANN401 - an input, as it was restored
    """Return what `_state` says of an input before anybody touched it; a plain tensor is as it was sent."""
    given = ask.inputs[name]
    untouched = isinstance(given, Tensor) and given.device == str(value.device)
    return given if untouched and name not in ask.differentiate else _state(given, value)


def _state(given: Value, value: Any) -> Value:  # noqa: ANN401 - an input, as it was restored
    """Record an input as it is now; of a file, the text that it holds (None where it is gone)."""
    if not isinstance(given, TextFile):
        return record(value)
    path = Path(value)
    try:
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
    except OSError:
        return None


def _seed_everything(seed: int) -> None:
    """Start every source of random numbers anew.

    Not by `torch.manual_seed`: while CUDA was not used it keeps a copy of the stack for each call, which
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
    """Differentiate the weighted sum of the result; None where no gradient reaches an input."""
    if not isinstance(result, torch.Tensor) or not result.requires_grad:
        return dict.fromkeys(ask.differentiate)
    weights = cotangent(tuple(result.shape), ask.seed).to(result)
    # Not grad_outputs: its first use imports sympy and 500 modules more.
    found: tuple[torch.Tensor | None, ...] = torch.autograd.grad(
        (result * weights).sum(), leaves, allow_unused=True
    )
    records = [None if gradient is None else record(gradient, ask.room) for gradient in found]
    return {
        name: value if isinstance(value, Tensor) else None
        for name, value in zip(ask.differentiate, records, strict=True)
    }


def _names(called: set[str]) -> tuple[str, ...]:
    return tuple(sorted(called))[:MAX_CALLED]


@contextlib.contextmanager
def _watching(called: set[str]) -> Iterator[None]:
    """Collect what is called: torch's functions by name, Python functions of torch by their module."""

    def profile(frame: FrameType, event: str, _argument: object) -> None:
        module = str(frame.f_globals.get("__name__"))
        imported = frame.f_code.co_name == "<module>"  # torch imports much of itself when first needed
        if (
            event == "call"
            and module.startswith("torch.")
            and not module.startswith(PLUMBING)
            and not imported
        ):
            called.add(module)

    previous = sys.getprofile()
    calls = _TorchCalls(called)
    with _TorchOperations(calls), calls:
        sys.setprofile(profile)
        try:
            yield
        finally:
            _profile_again(previous)


def _profile_again(previous: Any) -> None:  # noqa: ANN401 - whatever somebody profiles with
    """Go on with the profiler that there was; that of `cProfile`, up to Python 3.11, is no function."""
    if previous is None or callable(previous):
        sys.setprofile(previous)
    else:
        previous.enable()


class _TorchCalls(TorchFunctionMode):
    """Notes the bare name of each function of torch that is called, in whatever spelling.

    `torch.softmax`, `F.softmax`, `Tensor.softmax`, `torch.special.softmax` and
    `torch.ops.aten._softmax.default` are all "softmax".
    """

    def __init__(self, called: set[str]) -> None:
        super().__init__()
        self.called = called
        self.depth = 0

    def note(self, name: str) -> None:
        """Remember a function by the name that all of its spellings have in common."""
        plain = name.split(".", maxsplit=1)[0].removeprefix("special_").strip("_")
        if plain:
            self.called.add(plain)

    def __torch_function__(
        self,
        function: Any,  # noqa: ANN401 - torch's functions have no common type
        types: Any,  # noqa: ANN401
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:  # noqa: ANN401
        self.note(getattr(function, "__name__", ""))
        self.depth += 1
        try:
            return function(*args, **(kwargs or {}))
        finally:
            self.depth -= 1


class _TorchOperations(TorchDispatchMode):
    """Notes operations that come from no call which `_TorchCalls` sees.

    TorchScript makes such, and code that switches torch's function modes off. Of a call that is seen only the
    name counts, and not what it is made of.
    """

    def __init__(self, calls: _TorchCalls) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.calls = calls

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Import no compiler: it takes as long as all of torch, and nothing is compiled here."""
        return False

    def __torch_dispatch__(
        self,
        func: Any,  # noqa: ANN401 - an operation
        types: Any,  # noqa: ANN401
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:  # noqa: ANN401
        if self.calls.depth == 0:
            self.calls.note(func.overloadpacket.__name__.removesuffix("_forward"))
        return func(*args, **(kwargs or {}))
