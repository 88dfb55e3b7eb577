"""Watch what a call does: the functions of torch that run, the operations that they dispatch, and autograd.

Three observers of different kinds watch at the same time, because student code can switch off any of them:

- torch's own record of functions, made in C++: every function below Python, with composite ones and the nodes
  of autograd;
- a dispatch mode: the operations that remain below composite functions;
- a profile function: the Python functions of torch.

What one of them misses, another may see. Where one was switched off, or where code may have run that none of
them sees, `Calls.disturbances` says so. Code in the same process can still forge all of this.
"""

from __future__ import annotations

import _thread
import contextlib
import secrets
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final

import torch
from torch._C import _current_autograd_node, _dispatch_has_kernel_for_dispatch_key
from torch._C._autograd import _disable_profiler_legacy, _enable_profiler_legacy, _enable_record_function
from torch._C._profiler import ProfilerConfig, ProfilerState, _ExperimentalConfig, _RecordFunctionFast
from torch.utils._python_dispatch import _get_current_dispatch_mode_stack

from grader import PACKAGE
from grader.execution.dispatch_mode import PlainDispatchMode
from grader.execution.thread_frames import frames_of_threads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FrameType

    from grader.records.protocol import Disturbance

AUTOGRAD: Final = "autograd"
"""The name under which automatic differentiation is recorded, however it was started."""
OPTIMIZERS: Final = "torch.optim"
TORCH: Final = str(Path(torch.__file__).parent) + "/"
PRIVATE: Final = ("_", "utils/_")
"""Private files of torch: calls pass through them on their way to operations."""
WRITTEN_IN_PYTHON: Final = ("_refs/", "_decomp/", "_functorch/", "_tensor.py")
"""Those of them that hold functions of their own."""
OWN_NAMESPACES: Final = ("aten", "prims")
"""The namespaces of torch's own operations."""
OPERATIONS_AT_ONCE: Final = 10_000
"""The number of operations after which torch's record is read and started anew, which bounds its memory."""
SWITCHES: Final = frozenset(
    map(id, (_enable_record_function, _enable_profiler_legacy, _disable_profiler_legacy))
)
"""Functions of torch that switch its record off or on, by their identity."""
THREAD_STARTS: Final = frozenset(
    id(getattr(_thread, name))
    for name in ("start_new_thread", "start_joinable_thread")
    if hasattr(_thread, name)
)
"""Functions of Python that start a thread, by their identity."""
EVASIONS: Final = SWITCHES | THREAD_STARTS
AUDITED: Final[dict[str, Disturbance]] = {
    "sys.setprofile": "profile",
    "_thread.start_new_thread": "thread",
    "_thread.start_joinable_thread": "thread",
    "os.fork": "process",
    "os.posix_spawn": "process",
    "subprocess.Popen": "process",
}
"""Events of Python's audit hooks after which code runs that is not watched."""
GUARDED: Final = ("grader.execution.observe", __name__)
"""The modules whose functions must not be replaced."""


@dataclass
class Calls:
    """What was called.

    Args:
        called: functions of torch. Those in C++ have their bare names, which all spellings share ("softmax"),
            those in Python their module and name ("torch.optim.sgd.SGD.step"); and `AUTOGRAD`.
        operations: the bare names of the operations that were dispatched below composite functions;
            operations that are not torch's own have their namespace ("mine::f").
        disturbances: why the watch may not have seen everything.
    """

    called: set[str] = field(default_factory=set)
    operations: set[str] = field(default_factory=set)
    disturbances: set[Disturbance] = field(default_factory=set)


@contextlib.contextmanager
def watching(calls: Calls) -> Iterator[None]:
    """Record in `calls` what the block does."""
    watch = _Watch(calls)
    watch.start()
    try:
        yield
    finally:
        watch.stop()


def bare_name(name: str) -> str:
    """Return the name that a function's spellings share: "relu_" is "relu", "special_expit" is "expit"."""
    return name.removeprefix("_foreach_").strip("_").removeprefix("special_")


class _Watch:
    """The observers of one call: those of its thread, and those of the threads that it starts."""

    def __init__(self, calls: Calls) -> None:
        self.calls = calls
        self.record = _FunctionRecord(calls)
        self.mode = _OperationMode(calls, self.record)
        self.profile = self._profile_function()
        self.thread = threading.get_ident()
        self.previous_profile: Any = None
        self.previous_in_threads: Any = None

    def start(self) -> None:
        """Start all observers, the one that sees Python's calls last."""
        self.previous_profile, self.previous_in_threads = sys.getprofile(), threading.getprofile()
        self.record.start()
        self.mode.__enter__()  # type: ignore[no-untyped-call]
        threading.setprofile(self.watch_thread)
        sys.setprofile(self.profile)
        _active.append(self)

    def stop(self) -> None:
        """Stop all observers, and note which of them had been stopped before."""
        if sys.getprofile() is not self.profile:
            self.calls.disturbances.add("profile")
        if self in _active:
            _active.remove(self)
        restore_profiler(self.previous_profile)
        threading.setprofile(self.previous_in_threads)
        if not self.mode.leave():
            self.calls.disturbances.add("mode")
        self.record.stop()
        if not self.mode.seen <= self.calls.called:
            self.calls.disturbances.add("record")
        if _has_unknown_threads():
            self.calls.disturbances.add("thread")
        if _before.functions and _guarded_functions() != _before.functions:
            self.calls.disturbances.add("replaced")

    def watch_thread(self, frame: FrameType, event: str, argument: object) -> None:
        """Watch a thread that the call has started. This is its profile function, until its first event."""
        sys.setprofile(self.profile)
        _OperationMode(self.calls, None).__enter__()  # type: ignore[no-untyped-call]
        self.profile(frame, event, argument)

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note an event that is listed in `AUDITED`."""
        if threading.get_ident() != self.thread:
            return
        if AUDITED[event] == "thread":
            self._note_thread(watched=getattr(arguments[0], "__func__", None) is _bootstrap)
        else:
            self.calls.disturbances.add(AUDITED[event])

    def _note_thread(self, *, watched: bool) -> None:
        """Note a new thread, unless it is one of `threading`, and will call `watch_thread`."""
        if not (watched and threading.getprofile() == self.watch_thread):
            self.calls.disturbances.add("thread")

    def _profile_function(self) -> Any:  # noqa: ANN401 - a function for `sys.setprofile`
        """Return a profile function that records torch's Python functions, and calls that evade the watch."""
        seen: dict[int, CodeType] = {}  # by identity: the hash of code is computed anew each time
        calls = self.calls

        def profile(frame: FrameType, event: str, argument: object) -> None:
            if event == "call":
                code = frame.f_code
                if id(code) not in seen:
                    seen[id(code)] = code
                    calls.called.add(_python_name(code))
            elif event == "c_call" and id(argument) in EVASIONS:
                if id(argument) in THREAD_STARTS:
                    self._note_thread(watched=frame.f_code is _start.__code__)
                elif frame.f_code not in OWN_SWITCHING:
                    calls.disturbances.add("record")

        return profile


class _FunctionRecord:
    """Torch's own record of the functions that run in this thread.

    It begins and ends with an event of a secret name: a record that was stopped meanwhile lacks one of them.
    """

    def __init__(self, calls: Calls) -> None:
        self.calls = calls
        self.secret = secrets.token_hex(8)

    def start(self) -> None:
        try:
            _enable_profiler_legacy(_CONFIG)
        except RuntimeError:  # there is a profiler already
            self.calls.disturbances.add("record")
        self._mark()

    def stop(self) -> None:
        """Stop, and add what was recorded to the calls."""
        self._mark()
        try:
            threads = _disable_profiler_legacy()
        except RuntimeError:  # it has been stopped
            self.calls.disturbances.add("record")
            return
        events: list[Any] = [event for events in threads for event in events]
        names = [event.name() for event in events if event.kind() == "push"]
        if names[:1] != [self.secret] or names[-1:] != [self.secret]:
            self.calls.disturbances.add("record")
        for name in set(names):
            self._add(name)

    def renew(self) -> None:
        """Read the record, and start it anew."""
        self.stop()
        self.start()

    def _mark(self) -> None:
        with _RecordFunctionFast(self.secret):
            pass

    def _add(self, name: str) -> None:
        namespace, separator, function = name.partition("::")
        if namespace == AUTOGRAD:
            self.calls.called.add(AUTOGRAD)
        elif separator:
            self.calls.called.add(bare_name(function))
        elif name.startswith("Optimizer."):
            self.calls.called.add(OPTIMIZERS)


class _OperationMode(PlainDispatchMode):
    """Records the operations below composite functions, and whether autograd has caused them."""

    def __init__(self, calls: Calls, record: _FunctionRecord | None) -> None:
        super().__init__()
        self.calls = calls
        self.record = record
        self.seen: set[str] = set()
        self.count = 0

    def leave(self) -> bool:
        """Stop, and return whether the mode was still active."""
        stack = _get_current_dispatch_mode_stack()
        if self not in stack:
            return False
        self.__exit__(None, None, None)  # type: ignore[no-untyped-call]
        return stack[-1] is self

    def __torch_dispatch__(
        self,
        func: Any,  # noqa: ANN401 - an operation
        types: Any,  # noqa: ANN401
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:  # noqa: ANN401
        if _is_composite(func.name()):  # composite functions arrive here under `torch.inference_mode`
            with self:
                return func.decompose(*args, **(kwargs or {}))
        namespace, _, name = func.name().partition(".")[0].partition("::")
        bare = bare_name(name)
        if namespace != "profiler":
            self.calls.operations.add(bare if namespace in OWN_NAMESPACES else f"{namespace}::{bare}")
            self.seen.add(bare)
        if _current_autograd_node() is not None:
            self.calls.called.add(AUTOGRAD)
        self.count += 1
        if self.record is not None and self.count % OPERATIONS_AT_ONCE == 0:
            self.record.renew()
        return func(*args, **(kwargs or {}))


def _python_name(code: CodeType) -> str:
    """Return module and name of a Python function of torch, by its file; empty for other functions.

    A module's own code is not one: torch imports many of its modules lazily.
    """
    path = code.co_filename.removeprefix(TORCH)
    if path == code.co_filename or code.co_name == "<module>":
        return ""
    if path.startswith(PRIVATE) and not path.startswith(WRITTEN_IN_PYTHON):
        return ""
    module = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    return f"torch.{module}.{code.co_qualname}"


def restore_profiler(previous: Any) -> None:  # noqa: ANN401 - any profiler
    """Restore the previous profiler; that of `cProfile`, up to Python 3.11, is no function."""
    if previous is None or callable(previous):
        sys.setprofile(previous)
    else:
        previous.enable()


def _is_composite(operation: str) -> bool:
    return bool(_dispatch_has_kernel_for_dispatch_key(operation, "CompositeImplicitAutograd"))


# What was there before any code of the student's ------------------------------------------------


@dataclass
class _Before:
    """The threads of this process, and the functions of the `GUARDED` modules."""

    threads: set[int] = field(default_factory=set)
    functions: dict[str, tuple[object, object]] = field(default_factory=dict)


def remember() -> None:
    """Note this process' threads and the watch's functions, before code of the student's is loaded."""
    _before.threads = set(frames_of_threads())
    _before.functions = _guarded_functions()


def is_as_remembered() -> bool:
    """Return whether there are no new threads since `remember`, and the watch's functions are the same."""
    return not _has_unknown_threads() and _guarded_functions() == _before.functions


def _guarded_functions() -> dict[str, tuple[object, object]]:
    """Return the functions of the guarded modules, each with its code."""
    found: dict[str, tuple[object, object]] = {}
    for module in GUARDED:
        scope = vars(sys.modules[module])
        members = [(name, value) for name, value in scope.items()]
        for name, value in scope.items():
            if isinstance(value, type) and value.__module__ == module:
                members += [(f"{name}.{inner}", member) for inner, member in vars(value).items()]
        for name, value in members:
            if isinstance(value, FunctionType):
                found[f"{module}.{name}"] = (value, value.__code__)
    return found


def _has_unknown_threads() -> bool:
    """Return whether there are threads besides this one, earlier ones, and the grader's own."""
    frames = frames_of_threads()
    known = {threading.get_ident(), *_before.threads}
    return any(not _is_own(frame) for thread, frame in frames.items() if thread not in known)


def _is_own(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith(str(PACKAGE)):
            return True
        frame = frame.f_back
    return False


OWN_SWITCHING: Final = (_FunctionRecord.start.__code__, _FunctionRecord.stop.__code__)
_before = _Before()
_active: list[_Watch] = []
NAMES_ALONE: Final[Any] = (ProfilerState.CPU, False, False, False, False, False, _ExperimentalConfig())
_CONFIG: Final = ProfilerConfig(*NAMES_ALONE)
_start = threading.Thread.start
_bootstrap = threading.Thread._bootstrap  # type: ignore[attr-defined]  # noqa: SLF001 - to recognize it


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if _active and event in AUDITED:
        _active[-1].audit(event, arguments)


sys.addaudithook(_audit)
