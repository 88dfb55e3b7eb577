"""Run a program: a module whole, a notebook definition by definition, each in a module object of its own."""

from __future__ import annotations

import ast
import linecache
import sys
import warnings
import weakref
from dataclasses import dataclass, field
from importlib.machinery import PathFinder
from pathlib import PurePosixPath
from types import CodeType, ModuleType
from typing import TYPE_CHECKING

from grader.execution.deadline import Expired
from grader.execution.loading.errors import LoadError, load_error
from grader.execution.loading.missing_packages import bind_stand_in, imports_in

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from grader.execution.loading.definitions import Statement
    from grader.records.sources import SourceFile

_ours: weakref.WeakSet[ModuleType] = weakref.WeakSet()


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run leaves: the namespace, and the error of each statement that failed or wasn't reached."""

    namespace: dict[str, object] = field(default_factory=dict)
    errors: dict[int, LoadError] = field(default_factory=dict)


def filename(file: SourceFile, cell: int | None) -> str:
    """The name under which tracebacks show a piece of the file."""
    return file.path if cell is None else f"{file.path}, cell {cell}"


def run_module(file: SourceFile, statements: Sequence[Statement]) -> Ran:
    """Run a `.py` file as Python would import it. What was defined before an exception stands.

    Raises:
        SyntaxError: or another of the parser's exceptions, where nothing can run.
    """
    code = _compiled(file.cells[0].source, file.path)
    ran = Ran(_new_module(file).__dict__)
    try:
        exec(code, ran.namespace)  # noqa: S102 - to run a student's code is what this is for
    except BaseException as error:  # noqa: BLE001 - sys.exit() and the like included: it must not end the grading
        line = _line_reached(error, file.path)
        record = load_error(error, file.path)
        for index, statement in enumerate(statements):
            if (statement.node.end_lineno or 0) >= line:
                ran.errors[index] = record
    return ran


def run_notebook(file: SourceFile, statements: Sequence[Statement], leave_out: Collection[int] = ()) -> Ran:
    """Run a notebook's pruned statements one by one.

    One that fails costs only itself, unless the time is up (`grader.execution.deadline`): then nothing after
    it runs.
    """
    ran = Ran(_new_module(file).__dict__)
    flags = 0  # of `from __future__ import annotations`, which goes for all later cells
    for index, statement in enumerate(statements):
        if index in leave_out:
            continue
        if isinstance(statement.node, ast.ImportFrom) and statement.node.module == "__future__":
            flags |= annotations.compiler_flag
            continue
        try:
            _run_statement(statement.node, filename(file, statement.cell), ran.namespace, flags)
        except BaseException as error:  # noqa: BLE001 - as above
            ran.errors[index] = load_error(error, file.path)
            if isinstance(error, Expired):
                ran.errors.update(dict.fromkeys(range(index, len(statements)), ran.errors[index]))
                break
    return ran


def override(namespace: dict[str, object], overrides: Mapping[str, str]) -> None:
    """Replace names by what other source defines under them.

    That source runs by itself, so that what else it defines replaces nothing; whoever looks the name up in
    `namespace` finds the replacement. An exception in it is the course's fault, and is raised.
    """
    for name, source in overrides.items():
        module = ModuleType(f"override_of_{name}")
        sys.modules[module.__name__] = module
        exec(_compiled(source, module.__name__), module.__dict__)  # noqa: S102 - the course's own source
        namespace[name] = module.__dict__[name]


def _run_statement(node: ast.stmt, name: str, namespace: dict[str, object], flags: int) -> None:
    imports = imports_in(node)
    if not isinstance(node, ast.Import | ast.ImportFrom):
        try:
            exec(_compiled(ast.Module([node], []), name, flags), namespace)  # noqa: S102 - as above
        except Exception:
            if not imports:
                raise
        else:
            return
    # Each import by itself. (Of a statement that holds some among others and failed, they are what counts.)
    for single in imports:
        try:
            exec(_compiled(ast.Module([single], []), name, flags), namespace)  # noqa: S102 - as above
        except Exception as error:  # noqa: BLE001 - a package may fail in any way: torchvision with RuntimeError
            bind_stand_in(single, error, namespace)


def _compiled(source: str | ast.Module, name: str, flags: int = 0) -> CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code: CodeType = compile(source, name, "exec", flags=flags, dont_inherit=True)
    return code


def _new_module(file: SourceFile) -> ModuleType:
    """A module named like the file, known to Python (dataclasses and pickle look it up) and to tracebacks."""
    name = PurePosixPath(file.path).stem
    known = sys.modules.get(name)
    if known not in _ours and (known or name in sys.stdlib_module_names or PathFinder.find_spec(name)):
        name = f"{name}_submission"  # a student's random.py must not replace Python's
    module = ModuleType(name)
    module.__file__ = file.path
    sys.modules[name] = module
    _ours.add(module)
    for cell in file.cells:
        lines = cell.source.splitlines(keepends=True)
        shown = filename(file, cell.number)
        linecache.cache[shown] = (len(cell.source), None, lines, shown)
    return module


def _line_reached(error: BaseException, path: str) -> int:
    traceback = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == path:
            return traceback.tb_lineno
        traceback = traceback.tb_next
    return 0
