"""The IPython magic `%check`: its arguments, completion and output.

IPython is installed wherever a notebook runs, so it is no dependency of ours; only this module imports it.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import shlex
import sys
from typing import TYPE_CHECKING, Any, Final, NoReturn, TextIO

from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.error import UsageError
from IPython.display import display

from grader.course.supplied import Supplied
from grader.execution.deadline import on_unstoppable_code
from grader.execution.loading.supplied_modules import SuppliedImporter, importer_in_use
from grader.local.notebook.notebook_course import NotInCourse, find_course, open_course
from grader.records.devices import CHOICES, CPU, NoSuchDevice, device_option, devices_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from IPython.core.interactiveshell import InteractiveShell

NO_EXERCISES: Final = (
    "This notebook defines no exercise of the course yet. Run a cell that defines one, for example {0}, then "
    "%check {0}."
)
STUCK: Final = (
    "\nThis check exceeded its time limit, and the code can't be stopped. Interrupt the kernel; if that "
    "doesn't help, restart it. The code is stuck here:\n{}\n"
)


class Interrupted(KeyboardInterrupt):
    """The student interrupted a check; the cell ends, and the kernel keeps running."""

    def _render_traceback_(self) -> list[str]:
        return ["Interrupted: the checks were stopped, and nothing was changed."]


class _Parser(argparse.ArgumentParser):
    """Parses the line after `%check`; errors are IPython's `UsageError`."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"%check: {message}. See %check?")


def register(shell: InteractiveShell) -> None:
    """Register the magic `%check`, and make `d2l` importable if the course supplies it."""
    register_magic: Any = shell.register_magic_function
    register_magic(_Check(shell).__call__, "line", "check")
    for word in ("%check", "check"):
        shell.set_hook("complete_command", _complete, str_key=word)
    shell.events.register("pre_run_cell", _patch_torchvision)
    _add_d2l()


class _Check:
    """The magic of one kernel."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell

    def __call__(self, line: str) -> None:
        """Check exercises as this notebook defines them now.

            %check softmax                  one exercise
            %check softmax cross_entropy    several exercises, separated by spaces or commas
            %check                          all exercises that the notebook defines, with an overview
            %check softmax --hints          with all hints, not just the first one
            %check softmax --device cuda    with tensors on the GPU; auto: if there is one; all: CPU and GPU
            %check --course FOLDER          with this course: the folder that contains assignments/

        Run the cells that you changed first: the checks see the definitions in the notebook's kernel.
        """
        options = _read(line)
        try:
            page = self._page(options)
        except NotInCourse as error:
            raise UsageError(str(error)) from None
        except KeyboardInterrupt:
            raise Interrupted from None
        display(page)

    def _page(self, options: argparse.Namespace) -> Any:  # noqa: ANN401 - imported below
        course = open_course(find_course(options.course))
        selected = course.find(options.names)
        # Imported only now, because it takes seconds.
        from grader.local.notebook.cells import Cells
        from grader.local.notebook.checking import check_exercises, is_defined, notebook_runner
        from grader.local.notebook.page import Page

        namespace: dict[str, Any] = self.shell.user_ns
        cells = Cells(self.shell.history_manager.input_hist_parsed if self.shell.history_manager else ())
        runner = notebook_runner(course.root, namespace, cells, devices=_devices(options.device))
        if not options.names:
            selected = [(section, one) for section, one in selected if is_defined(runner, section, one)]
            if not selected:
                raise NotInCourse(NO_EXERCISES.format(course.names[0]))
        publisher, self.shell.display_pub = self.shell.display_pub, CapturingDisplayPublisher()
        try:
            with on_unstoppable_code(_stuck_printer(sys.stderr)):
                results = check_exercises(selected, runner, namespace, all_hints=options.hints)
        finally:
            self.shell.display_pub = publisher
        return Page(results, overview=len(results) > 1)


def _read(line: str) -> argparse.Namespace:
    parser = _Parser(prog="%check", add_help=False, allow_abbrev=False)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--device", type=device_option, default=CPU)
    parser.add_argument("--hints", action="store_true")
    parser.add_argument("--course", metavar="FOLDER")
    try:
        words = shlex.split(line, comments=True, posix=sys.platform != "win32")
    except ValueError as error:
        parser.error(str(error))
    options = parser.parse_args(words)
    names = (name for word in options.names for name in word.split(","))
    options.names = list(dict.fromkeys(name.removesuffix("()") for name in names if name))
    return options


def _devices(selected: str) -> tuple[str, ...]:
    try:
        return devices_for(selected)
    except NoSuchDevice as error:
        raise NotInCourse(str(error)) from error


def _complete(_shell: object, event: Any) -> list[str]:  # noqa: ANN401 - IPython's namespace
    """Return the possible words after `%check`."""
    try:
        names = open_course(find_course()).names
    except NotInCourse:
        names = []
    before = event.text_until_cursor.split()
    if len(before) > 1 and (before[-1] == "--device" or before[-2] == "--device"):
        return list(CHOICES)
    return [*names, "--hints", "--device", "--course"]


def _stuck_printer(stream: TextIO) -> Callable[[str], None]:
    """Return a function that prints where code is stuck.

    Unlike `pytest assignments` it doesn't end the process, because the student would lose the kernel's state.
    """

    def print_stack(stack: str) -> None:
        stream.write(STUCK.format(stack))
        stream.flush()

    return print_stack


def _patch_torchvision(cell: Any) -> None:  # noqa: ANN401 - IPython's record of a cell
    """Before a cell imports torchvision, make that work with any build of torch, as in grading."""
    if "torchvision" in (cell.raw_cell or "") and "torchvision" not in sys.modules:
        from grader.datasets.torchvision_import import import_torchvision

        with contextlib.suppress(Exception):  # if it fails, the cell itself shows the error
            import_torchvision()


def _add_d2l() -> None:
    """Make `from d2l import torch as d2l` work if d2l isn't installed and the course supplies a stand-in."""
    if importlib.util.find_spec("d2l") is not None:
        return
    try:
        supplied = find_course() / "reference" / "supplied"
    except NotInCourse:
        return
    if importer_in_use() is None:
        sys.meta_path.append(SuppliedImporter(Supplied.read(supplied).modules))
