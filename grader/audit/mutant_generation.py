"""Makes mutants: a module with one small change in the definition of one exercise.

The changes are those of mutmut's operators, and three more of the same form: code on tensors works by `@` and
by calls, and mutmut changes the arguments of a call, but doesn't leave it out.
"""

from __future__ import annotations

import ast
import difflib
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import libcst as cst
from libcst import matchers
from mutmut.mutation.mutators import OPERATORS_TYPE, mutation_operators

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

CONTEXT: Final = 2
"""How many lines a diff shows around the change."""
TEXT: Final = matchers.SimpleString() | matchers.ConcatenatedString()
KEPT: Final = (
    matchers.Annotation()
    | matchers.Raise()
    | matchers.SimpleStatementLine(body=[matchers.Expr(TEXT)])
    | matchers.SimpleStatementLine(body=[matchers.Assign([matchers.AssignTarget(matchers.Name("__all__"))])])
)
"""What says something about the code, or to somebody: there is nothing to check in it."""


@dataclass(frozen=True)
class Mutant:
    """A module with one change: its `source`, the first `line` that differs, and the lines of a diff."""

    source: str
    line: int
    diff: tuple[str, ...]


def mutants(source: str, name: str, others: Collection[str] = ()) -> list[Mutant]:
    """Return the mutants of what `name` is in a module, and of the helpers that it mentions there.

    `others` are exercises of their own, and no helpers. Docstrings, annotations and what is raised stay as
    they are. Of mutants that mean the same the first is kept; none means the same as the module.
    """
    module = cst.parse_module(source)
    known = {_meaning(source)}
    made = []
    for statement in _definitions(module, name, others):
        finder = _Finder()
        statement.visit(finder)
        for old, new in finder.found:
            changed = cst.ensure_type(module.deep_replace(old, new), cst.Module).code
            meaning = _meaning(changed)
            if meaning and meaning not in known:
                known.add(meaning)
                made.append(_mutant(source, changed))
    return sorted(made, key=lambda one: one.line)


def left_out(node: cst.SimpleStatementLine) -> Iterator[cst.SimpleStatementLine]:
    """Leave out a statement that is a call: `optimizer.zero_grad()`."""
    if matchers.matches(node, matchers.SimpleStatementLine(body=[matchers.Expr(matchers.Call())])):
        yield node.with_changes(body=[cst.Pass()])


def uncalled(node: cst.Call) -> Iterator[cst.BaseExpression]:
    """Leave out the call of a method: `x.abs().sum()` becomes `x.sum()`, and `x.abs()`."""
    if isinstance(node.func, cst.Attribute):
        yield node.func.value


def elementwise(node: cst.BinaryOperation) -> Iterator[cst.BinaryOperation]:
    """Multiply elements instead of matrices: `A @ x` becomes `A * x`."""
    if isinstance(node.operator, cst.MatrixMultiply):
        yield node.with_changes(operator=cst.Multiply())


OPERATORS: Final[OPERATORS_TYPE] = (
    *mutation_operators,
    (cst.SimpleStatementLine, left_out),
    (cst.Call, uncalled),
    (cst.BinaryOperation, elementwise),
)


class _Finder(cst.CSTVisitor):
    """Collects what may be replaced, with the replacement."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if matchers.matches(node, KEPT):
            return False
        for kind, operator in OPERATORS:
            if isinstance(node, kind):
                self.found += [(node, new) for new in operator(node)]
        return True


def _definitions(module: cst.Module, name: str, others: Collection[str]) -> Iterator[cst.CSTNode]:
    """Yield the statements that define `name`, and whatever else these mention, directly or not."""
    wanted, seen = [name], {name, *others}
    while wanted:
        for statement in module.body:
            if wanted[0] in _defined(statement):
                yield statement
                mentioned = {
                    cst.ensure_type(node, cst.Name).value
                    for node in matchers.findall(statement, matchers.Name())
                }
                wanted += sorted(mentioned - seen)
                seen |= mentioned
        del wanted[0]


def _defined(statement: cst.CSTNode) -> Iterator[str]:
    """Yield the names that a statement defines: of a function, of a class, or of variables."""
    if isinstance(statement, cst.FunctionDef | cst.ClassDef):
        yield statement.name.value
    elif isinstance(statement, cst.SimpleStatementLine):
        for part in statement.body:
            if isinstance(part, cst.Assign):
                yield from (one.target.value for one in part.targets if isinstance(one.target, cst.Name))
            elif isinstance(part, cst.AnnAssign) and isinstance(part.target, cst.Name):
                yield part.target.value


def _meaning(source: str) -> str:
    """Return what a module means, apart from how it is written; nothing, if it is no module."""
    try:
        compile(source, "<mutant>", "exec")
    except SyntaxError:
        return ""
    return ast.dump(ast.parse(source))


def _mutant(source: str, changed: str) -> Mutant:
    before, after = source.splitlines(), changed.splitlines()
    diff = tuple(difflib.unified_diff(before, after, lineterm="", n=CONTEXT))[2:]
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    line = sum(1 for _ in same) + 1
    return Mutant(changed, line, diff)
