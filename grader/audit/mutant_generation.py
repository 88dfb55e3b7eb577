"""Generation of mutants: copies of a module with one or two small changes in the definition of an exercise.

The changes are those of mutmut's operators and of `grader.audit.operators`.
"""

from __future__ import annotations

import ast
import difflib
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import libcst as cst
from libcst import matchers
from mutmut.mutation.mutators import mutation_operators

from grader.audit.operators import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

CONTEXT: Final = 2
"""The lines that a diff shows before and after the change."""
TEXT: Final = matchers.SimpleString() | matchers.ConcatenatedString()
NOT_MUTATED: Final = (
    matchers.Annotation()
    | matchers.Raise()
    | matchers.Import()
    | matchers.ImportFrom()
    | matchers.SimpleStatementLine(body=[matchers.Expr(TEXT)])
    | matchers.SimpleStatementLine(body=[matchers.Assign([matchers.AssignTarget(matchers.Name("__all__"))])])
)
"""Code without behaviour that checks could test: annotations, messages, docstrings, `__all__`."""


ALL_OPERATORS: Final = (*mutation_operators, *OPERATORS)


@dataclass(frozen=True)
class Change:
    """A node of a syntax tree, what replaces it, and the name of the operator that says so."""

    old: cst.CSTNode
    new: cst.CSTNode
    operator: str


@dataclass(frozen=True)
class Mutant:
    """A module with changes: its `source`, the first `line` that differs, and the lines of a diff.

    The changes are of nodes of `module`, the tree of the original. `operators` names the operators.
    """

    source: str
    line: int
    diff: tuple[str, ...]
    module: cst.Module
    changes: tuple[Change, ...]

    @property
    def operators(self) -> tuple[str, ...]:
        """The operators that made the changes."""
        return tuple(one.operator for one in self.changes)


def mutants(source: str, name: str, others: Collection[str] = ()) -> list[Mutant]:
    """Return the mutants of the definition of `name` in a module, and of the helpers that it mentions.

    Definitions named in `others` are exercises, not helpers. Docstrings, annotations and `raise` statements
    are not changed, except that a `raise NotImplementedError` may become `return None`. Mutants whose syntax
    tree equals that of the module, or of an earlier mutant, are left out.
    """
    module = cst.parse_module(source)
    return _changed(module, list(_definitions(module, name, others)))


def mutants_of_file(source: str, name: str, others: Collection[str] = ()) -> list[Mutant]:
    """Return the mutants of all that a file of wheat defines, except for exercises named in `others`."""
    module = cst.parse_module(source)
    others = set(others) - {name}
    return _changed(module, [one for one in module.body if not others & set(_defined(one))])


def defines(module: cst.Module, name: str) -> bool:
    """Return whether a module itself defines a name."""
    return any(name in _defined(one) for one in module.body)


def combined(one: Mutant, other: Mutant) -> Mutant | None:
    """Return the mutant with the changes of both; None if these are of different modules, or not apart."""
    changes = (*one.changes, *other.changes)
    if one.module is not other.module or any(
        _contains(a.old, b.old) for a, b in itertools.permutations(changes, 2)
    ):
        return None
    return _mutant(one.module, changes)


def meaning(source: str) -> str:
    """Return the syntax tree of a module as text, without its docstring; "" if it doesn't compile."""
    try:
        compile(source, "<mutant>", "exec")
    except SyntaxError:
        return ""
    tree = ast.parse(source)
    if ast.get_docstring(tree) is not None:
        del tree.body[0]
    return ast.dump(tree)


def _changed(module: cst.Module, statements: Iterable[cst.CSTNode]) -> list[Mutant]:
    known = {meaning(module.code), ""}
    made = []
    for statement in statements:
        finder = _Finder()
        statement.visit(finder)
        for change in finder.found:
            mutant = _mutant(module, (change,))
            if (found := meaning(mutant.source)) not in known:
                known.add(found)
                made.append(mutant)
    return sorted(made, key=lambda one: one.line)


class _Finder(cst.CSTVisitor):
    """Collects the nodes that can be replaced, each with a replacement."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Change] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        for kind, operator in ALL_OPERATORS:
            if isinstance(node, kind):
                name = operator.__name__.removeprefix("operator_")
                self.found += [Change(node, new, name) for new in operator(node)]
        return not matchers.matches(node, NOT_MUTATED)


class _Replacer(cst.CSTTransformer):
    """Replaces nodes by others."""

    def __init__(self, changes: Sequence[Change]) -> None:
        super().__init__()
        self.new = {id(one.old): one.new for one in changes}

    def on_visit(self, node: cst.CSTNode) -> bool:
        return id(node) not in self.new

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> cst.CSTNode:  # type: ignore[override]
        return self.new.get(id(original_node), updated_node)


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


def _contains(outer: cst.CSTNode, inner: cst.CSTNode) -> bool:
    return outer is inner or any(_contains(child, inner) for child in outer.children)


def _mutant(module: cst.Module, changes: tuple[Change, ...]) -> Mutant:
    source = cst.ensure_type(module.visit(_Replacer(changes)), cst.Module).code
    before, after = module.code.splitlines(), source.splitlines()
    diff = tuple(difflib.unified_diff(before, after, lineterm="", n=CONTEXT))[2:]
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    line = sum(1 for _ in same) + 1
    return Mutant(source, line, diff, module, changes)
