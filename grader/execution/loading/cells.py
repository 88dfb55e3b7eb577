"""Parse cells and files: also what only IPython understands, and around what isn't Python at all.

A `.py` file is read like a cell: it may come from a notebook's export, or hold a session's prompts.
"""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PARSE_ERRORS = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What Python's parser raises on hostile text: NUL characters a ValueError, deep nesting the last two."""

_CELL_MAGIC_OVER_PYTHON = frozenset(["time", "timeit", "capture", "prun", "memit"])
_WRITING_PYTHON = re.compile(r"(?:writefile|file)\s+(?:-a\s+)?\S+\.py")
"""A cell that is written to a module, for the next cell to import: its code counts where it stands."""
_SHELL = (
    "pip3?|conda|mamba|apt|apt-get|cd|ls|git|wget|curl|mkdir|unzip|tar|cp|mv|rm|cat|echo|python3?|sudo"
    "|nvidia-smi"
)
_MAGIC = re.compile(
    r"""(?:
          %{1,2}[A-Za-z].*                          # %matplotlib inline
        | !(?!=).*                                  # !pip install d2l
        | [\w\ ,]+=\s*(?:!(?!=)|%[A-Za-z]).*        # files = !ls
        | (?:"""
    + _SHELL
    + r""")(?:\s+[^\s=(.,:].*)?                     # pip install d2l, cd data
        | \?{1,2}\s*[\w.]+                          # ?torch.ones
        | [^\s\#'"=][^\#'"=]*\?                     # torch.ones?
    )""",
    re.VERBOSE,
)
_RUN = re.compile(r"%run\s+(?:-\w\s+)*['\"]?(?:[\w.-]+/)*([A-Za-z_]\w*)(?:\.py|\.ipynb)?['\"]?\s*")
_PROMPT = re.compile(r"(?:>>>|\.\.\.|In \[\d*\]:|\s*\.\.\.:)(?: |$)")
_OUTPUT = re.compile(r"Out\[\d*\]:")
_CONTINUES = re.compile(r"\s|[)\]}#]|(?:elif|else|except|finally)\b|$")
_UNFINISHED = re.compile(r"was never closed|unterminated triple-quoted")
MAX_JOINED: Final = 1_000
"""How often a piece is joined to an unfinished one above, to see whether it is its rest."""


class Piece(NamedTuple):
    """A part of a source text that isn't Python, and what the parser says about it."""

    source: str
    error: Exception


class Parsed(NamedTuple):
    """The statements of a source text, with their line numbers, and the pieces that aren't Python."""

    statements: list[ast.stmt]
    broken: list[Piece]


def parse(source: str, filename: str = "<cell>") -> Parsed:
    """Parse a cell or a file, piece by piece if it isn't Python as a whole."""
    whole = _parsed(source, filename)
    if not isinstance(whole, Exception):
        return Parsed(_without_cell_magics(whole, filename), [])
    pieces = list(_pieces(_without_prompts(source)))
    if len(pieces) == 1:
        return Parsed([], [Piece(source, whole)])
    statements: list[ast.stmt] = []
    broken: list[Piece] = []
    joins = iter(range(MAX_JOINED))
    line = at = 0
    while at < len(pieces):
        count, found = _longest_beginning(pieces, at, joins, filename)
        if isinstance(found, Exception):
            if isinstance(found, SyntaxError) and found.lineno is not None:
                # Where the file exists, Python takes the text from there, from another line.
                found.text = "\n".join(pieces[at].split("\n")[found.lineno - 1 : found.lineno])
                found.lineno += line
            broken.append(Piece(pieces[at], found))
        else:
            statements += (ast.increment_lineno(statement, line) for statement in found)
        line += sum(piece.count("\n") for piece in pieces[at : at + count])
        at += count
    return Parsed(_without_cell_magics(statements, filename), broken)


def parse_python(source: str, filename: str) -> list[ast.stmt]:
    """Return the statements of plain Python. Raises one of `PARSE_ERRORS`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an invalid escape sequence in a student's string
        return ast.parse(source, filename).body


def _parsed(source: str, filename: str) -> list[ast.stmt] | Exception:
    """Return the statements of a text, with magics and prompts left out if need be, or the first error."""
    first: Exception | None = None
    for candidate in _candidates(source):
        try:
            return parse_python(candidate, filename)
        except PARSE_ERRORS as error:
            first = first or error
    return first or AssertionError("there is a candidate")


def _candidates(source: str) -> Iterator[str]:
    yield source
    # An empty line in place of a magic is best, but a block needs a statement.
    plain = [_without_magics(source, replacement) for replacement in ("", "pass")]
    yield from plain
    yield from map(textwrap.dedent, (source, *plain))
    if any(_PROMPT.match(line) for line in source.split("\n")):
        for session in (_without_prompts(source), _without_prompts(source, keep_output=False)):
            yield from (session, _without_magics(session, ""))


def _longest_beginning(
    pieces: list[str], at: int, joins: Iterator[int], filename: str
) -> tuple[int, list[ast.stmt] | Exception]:
    """Return how many pieces, from one on, are Python together, and their statements.

    If there are none, return 1 and the error of that piece. Each piece that is joined uses up one of `joins`.
    """
    first = found = _parsed(pieces[at], filename)
    together = pieces[at]
    for count, (piece, _join) in enumerate(zip(pieces[at + 1 :], joins, strict=False), start=2):
        if not isinstance(found, SyntaxError) or _UNFINISHED.search(found.msg) is None:
            break
        together += piece
        found = _parsed(together, filename)
        if not isinstance(found, Exception):
            return count, found
    return 1, first


def _pieces(source: str) -> Iterator[str]:
    """Yield the parts of a text that begin at its left edge."""
    lines = source.splitlines(keepends=True)
    start = 0
    for number, line in enumerate(lines[1:], start=1):
        is_decorated = lines[number - 1].startswith("@")
        if _CONTINUES.match(line) is None and not is_decorated:
            yield "".join(lines[start:number])
            start = number
    yield "".join(lines[start:])


def _without_magics(source: str, replacement: str) -> str:
    """Return the source with magics and shell lines replaced; every line keeps its number."""
    lines = source.split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("%%") and not _is_over_python(first[2:]):
        return ""
    plain = []
    continues = False
    for line in lines:
        is_magic = _MAGIC.fullmatch(line.strip()) is not None
        indentation = line[: len(line) - len(line.lstrip())]
        instead = _instead(line.strip(), replacement) if is_magic else line
        plain.append("" if continues else indentation + instead if is_magic else line)
        continues = (continues or is_magic) and line.endswith("\\")
    return "\n".join(plain)


def _is_over_python(magic: str) -> bool:
    """Return whether below a cell magic, such as "time" or "writefile utils.py", there is Python to run."""
    is_writing = _WRITING_PYTHON.fullmatch(magic.strip()) is not None
    return is_writing or magic.partition(" ")[0].strip() in _CELL_MAGIC_OVER_PYTHON


def _instead(magic: str, replacement: str) -> str:
    """Return what stands for a magic: `%run file.py` makes the names of another file known."""
    run = _RUN.fullmatch(magic)
    return f"from {run[1]} import *" if run else replacement


def _without_prompts(source: str, *, keep_output: bool = True) -> str:
    """Return what was typed in a session: `x = 1` of `>>> x = 1`.

    A line without a prompt is output, or stands in a file into which a session was pasted.
    """
    typed = []
    for line in source.split("\n"):
        prompt = _PROMPT.match(line)
        other = line if keep_output and _OUTPUT.match(line) is None else ""
        typed.append(line[prompt.end() :] if prompt else other)
    return "\n".join(typed)


def _without_cell_magics(statements: list[ast.stmt], filename: str) -> list[ast.stmt]:
    """Return statements with the code of exported cell magics in their place.

    `jupyter nbconvert` writes a cell with `%%time` as `get_ipython().run_cell_magic('time', '', 'code')`.
    """
    replaced: list[ast.stmt] = []
    for statement in statements:
        match statement:
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(attr="run_cell_magic"),
                    args=[
                        ast.Constant(value=str(magic)),
                        ast.Constant(value=str(line)),
                        ast.Constant(value=str(source)),
                    ],
                )
            ) if _is_over_python(f"{magic} {line}"):
                inner = parse(source, filename).statements
                for node in (inner_node for one in inner for inner_node in ast.walk(one)):
                    _move_to(node, statement)
                replaced += inner
            case _:
                replaced.append(statement)
    return replaced


def _move_to(node: ast.AST, statement: ast.stmt) -> None:
    if hasattr(node, "lineno"):
        ast.copy_location(node, statement)
