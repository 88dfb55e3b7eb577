"""Run a program statement by statement, in a module object of its own."""

from __future__ import annotations
import __future__

import ast
import contextlib
import io
import linecache
import sys
import warnings
import weakref
from dataclasses import dataclass, field
from importlib.machinery import PathFinder
from pathlib import PurePath
from types import CodeType, MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Final

from grader.datasets.torchvision_import import import_torchvision, lacks_operators
from grader.execution.deadline import Expired
from grader.execution.loading.definitions import added_to
from grader.execution.loading.errors import LoadError, load_error
from grader.execution.loading.missing_packages import Import, StandIn, bind_stand_in, imports_in
from grader.execution.loading.replacing import finish, scope_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, MutableMapping

    from grader.execution.loading.program import Program
    from grader.execution.loading.replacing import Replacement
    from grader.records.sources import SourceFile

NOTHING_REPLACED: Final[Mapping[str, Replacement]] = MappingProxyType({})
ANNOTATIONS: Final = __future__.annotations.compiler_flag
"""Annotations are never evaluated: they may name what isn't installed here, and no answer depends on them."""
_student_modules: weakref.WeakSet[ModuleType] = weakref.WeakSet()


@dataclass(slots=True)
class RunResult:
    """The result of a run.

    Args:
        namespace: the names that were bound.
        errors: the error of each statement that failed or wasn't reached.
        stopped_by: what ended the run before its last statement, such as the deadline.
    """

    namespace: dict[str, object] = field(default_factory=dict)
    errors: dict[int, LoadError] = field(default_factory=dict)
    stopped_by: BaseException | None = None


def run(
    program: Program,
    plan: Iterable[int],
    replaced: Mapping[str, Replacement] = NOTHING_REPLACED,
    *,
    ran: RunResult | None = None,
) -> RunResult:
    """Run some statements of a program, in this order.

    One that fails doesn't stop the others, unless the deadline has passed (`grader.execution.deadline`).
    Answers that are `replaced` are the correct ones all the while, and so are methods when it has run.

    Args:
        program: the program.
        plan: the indices of the statements.
        replaced: by exercise, what takes the place of the program's own answer.
        ran: what is filled in and returned; by default, one with a new module's namespace.
    """
    ran = ran or RunResult(new_module(program.file).__dict__)
    scope = scope_of(ran.namespace, replaced)
    ahead = list(plan)
    with _as_main_program(program.file):
        _run_all(program, ahead, ran, scope)
        if any(program.statements[index].is_deferred for index in ahead):
            _run_all(program, list(_in_want_of_a_name(program, ran)), ran, scope)
    finish(ran.namespace, replaced)
    return ran


def _run_all(program: Program, ahead: list[int], ran: RunResult, scope: MutableMapping[str, object]) -> None:
    for position, index in enumerate(ahead):
        if ran.stopped_by is not None:
            return
        statement = program.statements[index]
        ran.errors.pop(index, None)
        try:
            _run_statement(statement.node, filename(program.file, statement.cell), ran.namespace, scope)
        except BaseException as error:  # noqa: BLE001 - SystemExit, too, must not end the grading
            ran.errors[index] = load_error(error, program.file.path)
            if isinstance(error, Expired):
                ran.errors.update(dict.fromkeys(ahead[position:], ran.errors[index]))
                ran.stopped_by = error


def _in_want_of_a_name(program: Program, ran: RunResult) -> Iterator[int]:
    """Yield the statements that lacked a name, perhaps one that deferred statements have bound since."""
    for index, error in ran.errors.items():
        bound = program.dependencies.bound[index]
        if error.exception == NameError.__name__ and not bound.keys() & ran.namespace.keys():
            yield index


@contextlib.contextmanager
def _as_main_program(file: SourceFile) -> Iterator[None]:
    """In the block, let a file find itself started alone: without arguments, and with nothing typed."""
    before = sys.argv, sys.stdin
    sys.argv, sys.stdin = [file.path], io.StringIO()
    try:
        yield
    finally:
        sys.argv, sys.stdin = before


def filename(file: SourceFile, cell: int | None) -> str:
    """Return the name under which tracebacks show a file, or a cell of it."""
    return file.path if cell is None else f"{file.path}, cell {cell}"


def new_module(file: SourceFile) -> ModuleType:
    """Return a module named like the file, registered in `sys.modules` and, for tracebacks, in `linecache`.

    dataclasses and pickle look a module up in `sys.modules`.
    """
    name = PurePath(file.path).stem
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


def _run_statement(
    node: ast.stmt, name: str, namespace: dict[str, object], scope: MutableMapping[str, object]
) -> None:
    imports = imports_in(node)
    if not isinstance(node, ast.Import | ast.ImportFrom):
        try:
            _execute(node, name, namespace, scope)
        except Exception as error:
            if not imports and not _retried_without_stand_ins(node, error, name, namespace, scope):
                raise
        else:
            return
    # Each import by itself. (Of a compound statement that failed, only its imports are needed.)
    for single in imports:
        try:
            _execute_import(single, name, namespace, scope)
        except Exception as error:  # noqa: BLE001 - a package may fail in any way
            bind_stand_in(single, error, scope)


def _execute_import(
    node: Import, name: str, namespace: dict[str, object], scope: MutableMapping[str, object]
) -> None:
    """Run an import; once more if it failed because of how torchvision was built, as in the book's `d2l`."""
    try:
        _execute(node, name, namespace, scope)
    except RuntimeError as fault:
        if not lacks_operators(fault):
            raise
        import_torchvision()
        _execute(node, name, namespace, scope)


def _retried_without_stand_ins(
    node: ast.stmt,
    error: Exception,
    name: str,
    namespace: dict[str, object],
    scope: MutableMapping[str, object],
) -> bool:
    """Define a function or class without decorators of packages that aren't there; return whether it is."""
    decorators = getattr(node, "decorator_list", [])
    kept = [one for one in decorators if not isinstance(namespace.get(_root_name(one)), StandIn)]
    if not isinstance(error, ModuleNotFoundError) or len(kept) == len(decorators) or added_to(node):
        return False
    bare = type(node)(**{**dict(ast.iter_fields(node)), "decorator_list": kept})
    _execute(ast.copy_location(bare, node), name, namespace, scope)
    return True


def _root_name(node: ast.expr) -> str:
    """Return `a` of the expressions `a`, `a.b` and `a.b(c)`; "" for others."""
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _execute(
    node: ast.stmt, name: str, namespace: dict[str, object], scope: MutableMapping[str, object]
) -> None:
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return  # annotations are never evaluated, and all else is in Python by now
    exec(_compiled(ast.Module([node], []), name), namespace, scope)  # noqa: S102 - running it is the purpose


def _compiled(source: ast.Module, name: str) -> CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code: CodeType = compile(source, name, "exec", flags=ANNOTATIONS, dont_inherit=True)
    return code
