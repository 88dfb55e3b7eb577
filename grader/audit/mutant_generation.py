"""Generation of mutants: copies of a module with one small change in the definition of an exercise.

The changes are those of mutmut's operators and three more: tensor code consists of `@` and calls, and mutmut
changes the arguments of a call, but doesn't remove the call.
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
"""The lines that a diff shows before and after the change."""
TEXT: Final = matchers.SimpleString() | matchers.ConcatenatedString()
NOT_MUTATED: Final = (
    matchers.Annotation()
    | matchers.Raise()
    | matchers.SimpleStatementLine(body=[matchers.Expr(TEXT)])
    | matchers.SimpleStatementLine(body=[matchers.Assign([matchers.AssignTarget(matchers.Name("__all__"))])])
)
"""Code without behaviour that checks could test: annotations, messages, docstrings, `__all__`."""


@dataclass(frozen=True)
class Mutant:
    """A module with one change: its `source`, the first `line` that differs, and the lines of a diff."""

    source: str
    line: int
    diff: tuple[str, ...]


def mutants(source: str, name: str, others: Collection[str] = ()) -> list[Mutant]:
    """Return the mutants of the definition of `name` in a module, and of the helpers that it mentions.

    Definitions named in `others` are exercises, not helpers. Docstrings, annotations and `raise` statements
    are not changed. Mutants whose syntax tree equals that of the module, or of an earlier mutant, are left
    out.
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


def without_statement(node: cst.SimpleStatementLine) -> Iterator[cst.SimpleStatementLine]:
    """Remove a statement that is a call: `optimizer.zero_grad()`."""
    if matchers.matches(node, matchers.SimpleStatementLine(body=[matchers.Expr(matchers.Call())])):
        yield node.with_changes(body=[cst.Pass()])


def without_method_call(node: cst.Call) -> Iterator[cst.BaseExpression]:
    """Remove the call of a method: `x.abs().sum()` becomes `x.sum()`, or `x.abs()`."""
    if isinstance(node.func, cst.Attribute):
        yield node.func.value


def with_elementwise_product(node: cst.BinaryOperation) -> Iterator[cst.BinaryOperation]:
    """Replace a matrix product by an elementwise one: `A @ x` becomes `A * x`."""
    if isinstance(node.operator, cst.MatrixMultiply):
        yield node.with_changes(operator=cst.Multiply())


OPERATORS: Final[OPERATORS_TYPE] = (
    *mutation_operators,
    (cst.SimpleStatementLine, without_statement),
    (cst.Call, without_method_call),
    (cst.BinaryOperation, with_elementwise_product),
)


class _Finder(cst.CSTVisitor):
    """Collects the nodes that can be replaced, each with a replacement."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if matchers.matches(node, NOT_MUTATED):
            return False
        for kind, operator in OPERATORS:
            if isinstance(node, kind):
                self.found += [(node, new) for new in operator(node)]
        return True


def _definitions(module: cst.Module, name: str, others: Collection[str]) -> Iterator[cst.CSTNode]:
    """Yield the statements that define `name`, and everything that these mention, directly or not."""
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
    """Yield the names that a statement defines: a function, a class, or variables."""
    if isinstance(statement, cst.FunctionDef | cst.ClassDef):
        yield statement.name.value
    elif isinstance(statement, cst.SimpleStatementLine):
        for part in statement.body:
            if isinstance(part, cst.Assign):
                yield from (one.target.value for one in part.targets if isinstance(one.target, cst.Name))
            elif isinstance(part, cst.AnnAssign) and isinstance(part.target, cst.Name):
                yield part.target.value


def _meaning(source: str) -> str:
    """Return the syntax tree of a module as text, without its formatting; "" if it doesn't compile."""
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
