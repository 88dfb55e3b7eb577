"""The magic `%check` of IPython: what it takes, what it completes, and what it shows.

IPython is there wherever a notebook runs; it is no dependency, and is imported only here.
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

from grader.execution.deadline import last_resort
from grader.local.notebook.shelf import NotOnShelf, find_course, shelf
from grader.records.devices import CHOICES, CPU, Device, NoSuchDevice, chosen

if TYPE_CHECKING:
    from collections.abc import Callable

    from IPython.core.interactiveshell import InteractiveShell

NOTHING: Final = (
    "This notebook defines no exercise of the course yet. Run the cell of one, say of {0}, then %check {0}."
)
STUCK: Final = (
    "\nThe time of this check is used up, and the code can't be stopped. Interrupt the kernel; where that "
    "does not help, restart it. The code is here:\n{}\n"
)


class Interrupted(KeyboardInterrupt):
    """Somebody interrupted a check; the cell ends, and the kernel goes on."""

    def _render_traceback_(self) -> list[str]:
        return ["Interrupted: the checks were stopped, and nothing was changed."]


class _Parser(argparse.ArgumentParser):
    """Reads the line behind `%check`."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"%check: {message}. See %check?")


def register(shell: InteractiveShell) -> None:
    """Give a notebook the magic `%check`, and the names of `d2l` where the course supplies them."""
    register_magic: Any = shell.register_magic_function
    register_magic(_Check(shell).__call__, "line", "check")
    for word in ("%check", "check"):
        shell.set_hook("complete_command", _complete, str_key=word)
    shell.events.register("pre_run_cell", _mend_torchvision)
    _supply_d2l()


class _Check:
    """The magic of one kernel."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell

    def __call__(self, line: str) -> None:
        """Check exercises as this notebook defines them now.

            %check softmax                  one exercise
            %check softmax cross_entropy    several; commas do as well
            %check                          all that the notebook defines, with an overview
            %check softmax --hints          with all hints, not just the first one
            %check softmax --device cuda    with tensors on the GPU; auto: if there is one; all: on both
            %check --course FOLDER          with the checks of this course: the folder that holds assignments/

        Run the cells that you changed first: what counts is what the notebook's kernel knows.
        """
        asked = _read(line)
        try:
            page = self._page(asked)
        except NotOnShelf as error:
            raise UsageError(str(error)) from None
        except KeyboardInterrupt:
            raise Interrupted from None
        display(page)

    def _page(self, asked: argparse.Namespace) -> Any:  # noqa: ANN401 - imported below
        course = shelf(find_course(asked.course))
        wanted = course.find(asked.names)
        # What takes seconds to import is imported when something is to be checked.
        from grader.local.notebook.cells import Cells
        from grader.local.notebook.looking import desk_of, is_there, look_at
        from grader.local.notebook.page import Page

        namespace: dict[str, Any] = self.shell.user_ns
        cells = Cells(self.shell.history_manager.input_hist_parsed if self.shell.history_manager else ())
        desk = desk_of(course.root, namespace, cells, devices=_devices(asked.device))
        if not asked.names:
            wanted = [(section, one) for section, one in wanted if is_there(desk, section, one)]
            if not wanted:
                raise NotOnShelf(NOTHING.format(course.names[0]))
        publisher, self.shell.display_pub = self.shell.display_pub, CapturingDisplayPublisher()
        try:
            with last_resort(_teller(sys.stderr)):
                looks = look_at(wanted, desk, namespace, all_hints=asked.hints)
        finally:
            self.shell.display_pub = publisher
        return Page(looks, overview=len(looks) > 1)


def _read(line: str) -> argparse.Namespace:
    parser = _Parser(prog="%check", add_help=False, allow_abbrev=False)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--device", choices=CHOICES, default=CPU)
    parser.add_argument("--hints", action="store_true")
    parser.add_argument("--course", metavar="FOLDER")
    try:
        words = shlex.split(line, comments=True, posix=sys.platform != "win32")
    except ValueError as error:
        parser.error(str(error))
    asked = parser.parse_args(words)
    names = (name for word in asked.names for name in word.split(","))
    asked.names = list(dict.fromkeys(name.removesuffix("()") for name in names if name))
    return asked


def _devices(wanted: Device) -> tuple[str, ...]:
    try:
        return chosen(wanted)
    except NoSuchDevice as error:
        raise NotOnShelf(str(error)) from error


def _complete(_shell: object, event: Any) -> list[str]:  # noqa: ANN401 - IPython's namespace
    """Return what may follow `%check`."""
    try:
        names = shelf(find_course()).names
    except NotOnShelf:
        names = []
    before = event.text_until_cursor.split()
    if len(before) > 1 and (before[-1] == "--device" or before[-2] == "--device"):
        return list(CHOICES)
    return [*names, "--hints", "--device", "--course"]


def _teller(stream: TextIO) -> Callable[[str], None]:
    """Return what tells a student that code is stuck.

    To end the process, as elsewhere, would cost them all that the notebook holds.
    """

    def tell(stack: str) -> None:
        stream.write(STUCK.format(stack))
        stream.flush()

    return tell


def _mend_torchvision(cell: Any) -> None:  # noqa: ANN401 - IPython's record of a cell
    """Before a cell imports torchvision: let that work beside any build of torch, as it does when graded."""
    if "torchvision" in (cell.raw_cell or "") and "torchvision" not in sys.modules:
        from grader.datasets.torchvision_import import import_torchvision

        with contextlib.suppress(Exception):  # where it fails, the cell itself will say so
            import_torchvision()


def _supply_d2l() -> None:
    """Let `from d2l import torch as d2l` work where d2l isn't installed and the course has its names."""
    if importlib.util.find_spec("d2l") is not None:
        return
    try:
        supplied = find_course() / "reference" / "supplied"
    except NotOnShelf:
        return
    if supplied.is_dir() and str(supplied) not in sys.path:
        sys.path.append(str(supplied))
