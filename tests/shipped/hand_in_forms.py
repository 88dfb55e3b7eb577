"""Rewrite solutions into the forms in which students hand them in.

A form is one choice on each of four axes: what stands above (`HEADERS`), what stands below (`EXPERIMENTS`),
what kind of file it becomes (`EXPORTS`), and how the folder is laid out (`LAYOUTS`). To add a choice, add an
entry to one of the four: the forms, which go through all axes in step, take it up.
"""

from __future__ import annotations

import ast
import io
import json
import textwrap
import zipfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from grader.course.course import Course


# Solutions --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Solution:
    """The solution of an exercise, in pieces.

    It returns through a function of its own, `kept_<exercise>`, which reads a constant, `SHARE_<exercise>`,
    and calls a function of d2l: so there is always something that an experiment below can spoil.

    Args:
        exercise: the exercise.
        module: the section's module.
        imports: the import statements that it needs.
        helpers: its own constant and function.
        definitions: all other statements, in their order.
        methods: the methods of a class.
    """

    exercise: str
    module: str
    imports: tuple[str, ...]
    helpers: tuple[str, ...]
    definitions: tuple[str, ...]
    methods: tuple[str, ...] = ()


def solution(course: Course, exercise: str, variant: str = "") -> Solution:
    """Return the reference's solution of an exercise, or a variant of it, such as "chaff/detached"."""
    section = next(one for one, other in course.exercises() if other.name == exercise)
    path = course.solution(section)
    if variant:
        kind, _, name = variant.partition("/")
        path = course.reference / section.chapter / kind / exercise / f"{name}.py"
    statements = ast.parse(path.read_text(encoding="utf-8")).body[1:]
    imports = [one for one in statements if isinstance(one, ast.Import | ast.ImportFrom)]
    others = [one for one in statements if one not in imports]
    if not variant:
        others = [one for one in others if getattr(one, "name", "") == exercise]
    own = next(one for one in others if getattr(one, "name", "") == exercise)
    helpers = _helpers(exercise) if _returns_through(own, f"kept_{exercise}") else ()
    methods = (
        [one.name for one in own.body if isinstance(one, ast.FunctionDef)]
        if isinstance(own, ast.ClassDef)
        else []
    )
    return Solution(
        exercise,
        section.module,
        tuple(map(ast.unparse, imports)),
        helpers,
        tuple(map(ast.unparse, others)),
        tuple(methods),
    )


def _helpers(exercise: str) -> tuple[str, ...]:
    return (
        f"SHARE_{exercise} = 1",
        f"def kept_{exercise}(value):\n    d2l.cpu()\n    return value if SHARE_{exercise} == 1 else None",
    )


def _returns_through(definition: ast.AST, helper: str) -> bool:
    """Let a function, or a method of a class, return what a helper returns; return whether one does."""
    functions = [definition] if isinstance(definition, ast.FunctionDef) else getattr(definition, "body", [])
    for function in functions:
        last = function.body[-1] if isinstance(function, ast.FunctionDef) else None
        if isinstance(last, ast.Return) and last.value is not None:
            last.value = ast.Call(ast.Name(helper), [last.value], [])
            return True
    return False


# Cells ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook, from which all other kinds of files are made."""

    source: str
    is_prose: bool = False
    is_timed: bool = False


@dataclass(frozen=True)
class Part:
    """What a student wrote for one section.

    Args:
        module: the section's module.
        above: installs, imports and the header.
        helpers: constants and functions that the definitions need.
        definitions: the definitions, each with prose above it and a look at it below.
        below: experiments.
    """

    module: str
    above: tuple[Cell, ...]
    helpers: tuple[Cell, ...]
    definitions: tuple[Cell, ...]
    below: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells, in their order."""
        return *self.above, *self.helpers, *self.definitions, *self.below


INSTALLS: Final = Cell("!pip install -q d2l==1.0.3\n%matplotlib inline")
IMPORTS: Final = (
    "import torch",
    "from torch import nn",
    "import numpy as np",
    "from d2l import torch as d2l",
)


def _part(solutions: Sequence[Solution], header: str, experiment: str) -> Part:
    imports = dict.fromkeys((*IMPORTS, *(line for one in solutions for line in one.imports)))
    above = [INSTALLS, Cell("\n".join(imports)), *(Cell(source) for source in HEADERS[header])]
    definitions: list[Cell] = []
    for number, one in enumerate(solutions):
        definitions.append(Cell(f"## Exercise: `{one.exercise}`\n\nIt isn't hard, is it?", is_prose=True))
        *first, last = one.definitions
        definitions += [*map(Cell, first), Cell(last, is_timed=number % 2 == 0), Cell(one.exercise)]
    part = Part(
        solutions[0].module,
        tuple(above),
        tuple(Cell(helper) for one in solutions for helper in one.helpers),
        tuple(definitions),
        tuple(Cell(source) for source in EXPERIMENTS[experiment](solutions)),
    )
    return REWRITTEN[header](part) if header in REWRITTEN else part


def _changed(part: Part, change: Callable[[Cell], Cell]) -> Part:
    def all_of(cells: Sequence[Cell]) -> tuple[Cell, ...]:
        return tuple(cell if cell.is_prose else change(cell) for cell in cells)

    return Part(part.module, *map(all_of, (part.above, part.helpers, part.definitions, part.below)))


# Headers: what stands above ---------------------------------------------------------------------


HEADERS: Final[dict[str, tuple[str, ...]]] = {
    "plain": (),
    "missing package": ("import seaborn as sns\nfrom seaborn import heatmap", "sns.set_theme()"),
    "annotations": ("from jaxtyping import Float",),
    "download": (
        "import urllib.request\nurllib.request.urlretrieve('https://example.invalid/a.csv', 'a.csv')",
        "import pandas as pd\ntable = pd.read_csv('https://example.invalid/a.csv')",
    ),
    "gpu": ("device = torch.device('cuda')\nx = torch.ones(3).cuda()", "net = nn.Linear(2, 1).to(device)"),
    "data": ("train_iter, test_iter = d2l.load_data_fashion_mnist(256)", "X, y = next(iter(train_iter))"),
    "training": (
        "net = nn.Linear(2, 1)\noptimizer = torch.optim.SGD(net.parameters(), lr=0.1)",
        """for epoch in range(10**9):
    optimizer.zero_grad()
    net(torch.ones(2)).sum().backward()
    optimizer.step()""",
    ),
    "exception": ("1 / 0", "assert torch.ones(2).sum() == 3", "raise SystemExit"),
    "syntax error": ("print 'hello'", "for i in range(3) print(i)"),
    "main block": (),
}


def _annotated(cell: Cell) -> Cell:
    tree = ast.parse(cell.source) if "def " in cell.source else ast.Module([], [])
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name != "__init__":
            node.returns = ast.parse("Float[torch.Tensor, 'n classes']", mode="eval").body
    return replace(cell, source=ast.unparse(tree)) if tree.body else cell


def _under_main(cell: Cell) -> Cell:
    if cell == INSTALLS:
        return cell
    return Cell(f'if __name__ == "__main__":\n{textwrap.indent(cell.source, "    ")}')


REWRITTEN: Final[dict[str, Callable[[Part], Part]]] = {
    "annotations": lambda part: _changed(part, _annotated),
    "main block": lambda part: _changed(part, _under_main),
}
"""Headers that show in everything below."""


# Experiments: what stands below -----------------------------------------------------------------


def _function_again(value: str) -> Callable[[Sequence[Solution]], list[str]]:
    def again(solutions: Sequence[Solution]) -> list[str]:
        return [
            f"class {one.exercise}:\n    def {one.methods[-1]}(self, *args):\n        return {value}"
            if one.methods
            else f"def {one.exercise}(*args, **kwargs):\n    return {value}"
            for one in solutions
        ]

    return again


EXPERIMENTS: Final[dict[str, Callable[[Sequence[Solution]], list[str]]]] = {
    "nothing": lambda _solutions: [],
    "helper": lambda solutions: [
        f"def kept_{one.exercise}(value):\n    return torch.zeros(3)" for one in solutions
    ],
    "constant": lambda solutions: [f"SHARE_{one.exercise} = 0.5" for one in solutions],
    "d2l": lambda _solutions: ["import json as d2l"],
    "in NumPy": _function_again("np.zeros(3)"),
    "noise": _function_again("torch.randn(3)"),
    "method": lambda solutions: [
        f"@d2l.add_to_class({one.exercise})\ndef {name}(self, *args, **kwargs):\n    return torch.randn(3)"
        for one in solutions
        for name in one.methods[-1:]
    ],
}


# Exports: what kind of file it becomes ----------------------------------------------------------


def _notebook(cells: Sequence[Cell]) -> str:
    def as_json(cell: Cell) -> dict[str, object]:
        source = f"%%time\n{cell.source}" if cell.is_timed else cell.source
        lines: dict[str, object] = {"metadata": {}, "source": source.splitlines(keepends=True)}
        if cell.is_prose:
            return {"cell_type": "markdown", **lines}
        return {"cell_type": "code", "execution_count": None, "outputs": [], **lines}

    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    content = {"cells": [*map(as_json, cells)], "metadata": {"kernelspec": kernel}}
    return json.dumps({**content, "nbformat": 4, "nbformat_minor": 4})


def _script(cells: Sequence[Cell]) -> str:
    """Return what somebody types who copies the cells to a file: without installs."""
    return "\n\n\n".join(
        textwrap.indent(cell.source, "# ") if cell.is_prose or cell == INSTALLS else cell.source
        for cell in cells
    )


def _nbconvert(cells: Sequence[Cell]) -> str:
    texts = ["#!/usr/bin/env python\n# coding: utf-8"]
    for number, cell in enumerate(cells, start=1):
        if cell.is_prose:
            texts.append(textwrap.indent(cell.source, "# ", lambda _line: True))
            continue
        source = cell.source
        if cell.is_timed:
            source = f"get_ipython().run_cell_magic('time', '', {source + chr(10)!r})"
        elif cell == INSTALLS:
            source = (
                "get_ipython().system('pip install -q d2l==1.0.3')\n"
                "get_ipython().run_line_magic('matplotlib', 'inline')"
            )
        texts.append(f"# In[{number}]:\n\n\n{source}")
    return "\n\n\n".join(texts) + "\n"


def _percent(cells: Sequence[Cell]) -> str:
    texts = ["# ---\n# jupyter:\n#   kernelspec:\n#     name: python3\n# ---"]
    for cell in cells:
        if cell.is_prose:
            texts.append(f"# %% [markdown]\n{textwrap.indent(cell.source, '# ')}")
        else:
            is_magic = cell == INSTALLS
            timed = "# %%time\n" if cell.is_timed else ""
            texts.append(f"# %%\n{timed}{textwrap.indent(cell.source, '# ') if is_magic else cell.source}")
    return "\n\n".join(texts) + "\n"


def _colab(cells: Sequence[Cell]) -> str:
    texts = ['# -*- coding: utf-8 -*-\n"""hw.ipynb\n\nAutomatically generated by Colab.\n"""']
    for cell in cells:
        if cell.is_prose:
            texts.append(f'"""{cell.source}"""')
        elif cell.is_timed:
            lines = textwrap.indent(f"%%time\n{cell.source}", "# ", lambda line: line.startswith("%%"))
            texts.append(f"# Commented out IPython magic to ensure Python compatibility.\n{lines}")
        else:
            texts.append(cell.source.replace("\n%", "\n# Commented out IPython magic.\n# %"))
    return "\n\n".join(texts) + "\n"


def _statements(cell: Cell) -> Iterator[list[str]]:
    """Yield the lines of each statement; each line of a cell that isn't Python."""
    lines = cell.source.split("\n")
    try:
        nodes = ast.parse(cell.source).body
    except SyntaxError:
        yield from ([line] for line in lines)
        return
    for node in nodes:
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
        yield lines[first - 1 : node.end_lineno]


def _session(cells: Sequence[Cell]) -> str:
    """Return a session pasted from `python`, with its prompts and output."""
    texts = ['Python 3.11.7 (main)\nType "help", "copyright", "credits" or "license" for more information.']
    for cell in cells:
        for first, *rest in _statements(cell) if not cell.is_prose else ():
            typed = [f">>> {first}", *(f"... {line}".rstrip() for line in rest)]
            texts.append("\n".join([*typed, "..."] if rest else [*typed, "<something at 0x7f>"]))
    return "\n".join(texts) + "\n"


def _ipython(cells: Sequence[Cell]) -> str:
    """Return a session pasted from IPython."""
    texts = []
    for number, cell in enumerate((one for one in cells if not one.is_prose), start=1):
        first, *rest = cell.source.split("\n")
        dots = " " * (len(str(number)) + 2) + "...: "
        typed = [f"In [{number}]: {first}", *((dots + line).rstrip() for line in rest)]
        texts.append("\n".join([*typed, f"Out[{number}]: tensor([1.])\n"]))
    return "\n".join(texts)


@dataclass(frozen=True)
class Export:
    """A kind of file: how its name ends, and how it is written."""

    suffix: str
    write: Callable[[Sequence[Cell]], str]


EXPORTS: Final[dict[str, Export]] = {
    "notebook": Export(".ipynb", _notebook),
    "script": Export(".py", _script),
    "nbconvert": Export(".py", _nbconvert),
    "percent": Export(".py", _percent),
    "colab": Export(".py", _colab),
    "session": Export(".py", _session),
    "ipython": Export(".py", _ipython),
}


# Layouts: which files there are -----------------------------------------------------------------


Files = dict[str, str]
"""The files of a hand-in: by path without suffix, what they contain as an export; with suffix, as it is."""


def _all_in_one(parts: Sequence[Part], export: Export) -> Files:
    return {f"hw{export.suffix}": export.write([cell for part in parts for cell in part.cells])}


def _by_name(name: Callable[[int, Part], str]) -> Callable[[Sequence[Part], Export], Files]:
    def layout(parts: Sequence[Part], export: Export) -> Files:
        return {
            f"{name(index, part)}{export.suffix}": export.write(part.cells)
            for index, part in enumerate(parts)
        }

    return layout


def _one_section_name(parts: Sequence[Part], export: Export) -> Files:
    first, *rest = parts
    return {**_by_name(lambda _index, part: part.module)([first], export), **_all_in_one(rest, export)}


def _helpers_beside(
    path: str, statement: str, prefix: str = "", more: Files | None = None
) -> Callable[[Sequence[Part], Export], Files]:
    """Return the layout in which all helpers stand in a module of their own."""

    def layout(parts: Sequence[Part], export: Export) -> Files:
        def qualified(cell: Cell) -> Cell:
            return replace(cell, source=cell.source.replace("kept_", f"{prefix}kept_"))

        files = dict(more or {})
        files[path] = _script([Cell("\n".join(IMPORTS)), *(cell for part in parts for cell in part.helpers)])
        for part in parts:
            definitions = map(qualified, part.definitions) if prefix else part.definitions
            cells = [*part.above, Cell(statement), *definitions, *part.below]
            files[f"{part.module}{export.suffix}"] = export.write(cells)
        return files

    return layout


def _notebook_of_imports(parts: Sequence[Part], export: Export) -> Files:
    """Return modules with the answers, and a notebook that imports and uses them."""
    files = {
        f"answers_{number}{export.suffix}": export.write(part.cells) for number, part in enumerate(parts)
    }
    imports = [Cell(f"from answers_{number} import *") for number in range(len(parts))]
    names = [cell for part in parts for cell in part.definitions if cell.source.isidentifier()]
    return {**files, "main.ipynb": _notebook([INSTALLS, Cell("\n".join(IMPORTS)), *imports, *names])}


def _with_other_things(parts: Sequence[Part], export: Export) -> Files:
    """Return files beside which others lie that hold no answers."""
    others = {
        "__init__.py": "",
        "reading.ipynb": _notebook([Cell("# Notes\n\nSoftmax is a function.", is_prose=True)]),
        "broken.ipynb": '{"cells": [',
        "unfinished.py": "def train(:\n",
        "data/a.csv": "1,2\n",
        "venv/lib/site.py": "def softmax(X):\n    return X\n",
        "README.md": "# Homework\n",
    }
    return {**others, **_by_name(lambda index, _part: f"homework_{index}")(parts, export)}


def _other_sections(parts: Sequence[Part], export: Export) -> Files:
    """Return files in which each section's answers stand in another section's file, as the book has some."""
    modules = [part.module for part in parts]
    return _by_name(lambda index, _part: modules[index - 1])(parts, export)


LAYOUTS: Final[dict[str, Callable[[Sequence[Part], Export], Files]]] = {
    "one file": _all_in_one,
    "section names": _by_name(lambda _index, part: part.module),
    "other names": _by_name(lambda index, _part: f"homework {index}"),
    "one section name": _one_section_name,
    "nested": _by_name(lambda index, part: f"week {index}/code/{part.module}"),
    "from utils import *": _helpers_beside("utils.py", "from utils import *"),
    "import utils": _helpers_beside("utils.py", "import utils", "utils."),
    "package of helpers": _helpers_beside(
        "helpers/kept.py", "from helpers import *", more={"helpers/__init__.py": "from .kept import *\n"}
    ),
    "notebook of imports": _notebook_of_imports,
    "other things beside": _with_other_things,
    "other sections": _other_sections,
    "zip of other sections": _other_sections,
}


# Forms ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Form:
    """A form of a hand-in."""

    header: str
    experiment: str
    export: str
    layout: str

    def __str__(self) -> str:
        """Return its four choices."""
        return f"{self.layout}, {self.export}, {self.header}, {self.experiment} below"

    def write(self, solutions: Sequence[Solution], folder: Path) -> Path:
        """Write solutions as a hand-in into a folder, and return its path."""
        by_module: dict[str, list[Solution]] = {}
        for one in solutions:
            by_module.setdefault(one.module, []).append(one)
        parts = [_part(ours, self.header, self.experiment) for ours in by_module.values()]
        files = LAYOUTS[self.layout](parts, EXPORTS[self.export])
        if self.layout.startswith("zip"):
            return _zipped(files, folder)
        paths = [folder / "student" / name for name in files]
        for path, text in zip(paths, files.values(), strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return paths[0] if len(paths) == 1 else folder / "student"


def _zipped(files: Files, folder: Path) -> Path:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"student/{name}", text)
    path = folder / "student.zip"
    path.write_bytes(content.getvalue())
    return path


def forms(count: int) -> Iterator[Form]:
    """Yield so many forms, which go through all axes in step; the axes have different lengths."""
    headers, experiments = list(HEADERS), list(EXPERIMENTS)
    exports, layouts = list(EXPORTS), list(LAYOUTS)
    for number in range(count):
        yield Form(
            headers[number % len(headers)],
            # There are as many of them as of exports: a step more after each round.
            experiments[(number + number // len(exports)) % len(experiments)],
            exports[number % len(exports)],
            layouts[number % len(layouts)],
        )
