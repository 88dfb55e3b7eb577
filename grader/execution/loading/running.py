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
from types import CodeType, MappingProxyType, ModuleType
from typing import TYPE_CHECKING

from grader.execution.deadline import Expired
from grader.execution.loading.errors import LoadError, load_error
from grader.execution.loading.missing_packages import bind_stand_in, imports_in
from grader.execution.loading.replacing import scope_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, MutableMapping, Sequence

    from grader.execution.loading.definitions import Statement
    from grader.execution.loading.replacing import Replacement
    from grader.records.sources import SourceFile

NOTHING_REPLACED: Mapping[str, Replacement] = MappingProxyType({})
_student_modules: weakref.WeakSet[ModuleType] = weakref.WeakSet()


@dataclass(frozen=True, slots=True)
class RunResult:
    """The result of a run: the namespace, and the error of each statement that failed or wasn't reached."""

    namespace: dict[str, object] = field(default_factory=dict)
    errors: dict[int, LoadError] = field(default_factory=dict)


def filename(file: SourceFile, cell: int | None) -> str:
    """Return the name under which tracebacks show a file, or a cell of it."""
    return file.path if cell is None else f"{file.path}, cell {cell}"


def run_module(
    file: SourceFile,
    statements: Sequence[Statement],
    replaced: Mapping[str, Replacement] = NOTHING_REPLACED,
) -> RunResult:
    """Run a `.py` file as Python would import it. What was defined before an exception counts.

    Answers that are `replaced` are the correct ones from the first statement on.

    Raises:
        SyntaxError: or another of the parser's exceptions.
    """
    code = _compiled(file.cells[0].source, file.path)
    ran = RunResult(_new_module(file).__dict__)
    try:
        # S102: running a student's code is the purpose.
        exec(code, ran.namespace, scope_of(ran.namespace, replaced))  # noqa: S102
    except BaseException as error:  # noqa: BLE001 - SystemExit, too, must not end the grading
        line = _line_reached(error, file.path)
        record = load_error(error, file.path)
        for index, statement in enumerate(statements):
            if (statement.node.end_lineno or 0) >= line:
                ran.errors[index] = record
    return ran


def run_notebook(
    file: SourceFile,
    statements: Sequence[Statement],
    leave_out: Collection[int] = (),
    replaced: Mapping[str, Replacement] = NOTHING_REPLACED,
) -> RunResult:
    """Run a notebook's pruned statements one by one; `replaced` is as in `run_module`.

    One that fails doesn't stop the others, unless the deadline has passed (`grader.execution.deadline`).
    """
    ran = RunResult(_new_module(file).__dict__)
    scope = scope_of(ran.namespace, replaced)
    flags = 0  # of `from __future__ import annotations`, which holds for all later cells
    for index, statement in enumerate(statements):
        if index in leave_out:
            continue
        if isinstance(statement.node, ast.ImportFrom) and statement.node.module == "__future__":
            flags |= annotations.compiler_flag
            continue
        try:
            _run_statement(statement.node, filename(file, statement.cell), ran.namespace, scope, flags)
        except BaseException as error:  # noqa: BLE001 - as above
            ran.errors[index] = load_error(error, file.path)
            if isinstance(error, Expired):
                ran.errors.update(dict.fromkeys(range(index, len(statements)), ran.errors[index]))
                break
    return ran


def _run_statement(
    node: ast.stmt,
    name: str,
    namespace: dict[str, object],
    scope: MutableMapping[str, object],
    flags: int,
) -> None:
    imports = imports_in(node)
    if not isinstance(node, ast.Import | ast.ImportFrom):
        try:
            exec(_compiled(ast.Module([node], []), name, flags), namespace, scope)  # noqa: S102 - as above
        except Exception:
            if not imports:
                raise
        else:
            return
    # Each import by itself. (Of a compound statement that failed, only its imports are needed.)
    for single in imports:
        try:
            exec(_compiled(ast.Module([single], []), name, flags), namespace, scope)  # noqa: S102 - as above
        except Exception as error:  # noqa: BLE001 - a package may fail in any way: torchvision with RuntimeError
            bind_stand_in(single, error, scope)


def _compiled(source: str | ast.Module, name: str, flags: int = 0) -> CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code: CodeType = compile(source, name, "exec", flags=flags, dont_inherit=True)
    return code


def _new_module(file: SourceFile) -> ModuleType:
    """Return a module named like the file, registered in `sys.modules` and, for tracebacks, in `linecache`.

    dataclasses and pickle look a module up in `sys.modules`.
    """
    name = PurePosixPath(file.path).stem
    known = sys.modules.get(name)
    if known not in _student_modules and (
        known or name in sys.stdlib_module_names or PathFinder.find_spec(name)
    ):
        name = f"{name}_submission"  # a student's random.py must not replace Python's
    module = ModuleType(name)
    module.__file__ = file.path
    sys.modules[name] = module
    _student_modules.add(module)
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
