"""Find answers of a course in a folder: in files, archives and byte code, and in the history of git."""

from __future__ import annotations

import ast
import dis
import gzip
import io
import json
import marshal
import subprocess
import tarfile
import zipfile
from types import CodeType
from typing import TYPE_CHECKING, Final

from grader.course.implementations import implementations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.course.course import Course

    Material = tuple[str, bytes]

TRIVIAL: Final = 40
"""A single statement that is shorter than this tells nobody anything."""
HEADER: Final = 16
"""Bytes before the code in a file of byte code."""


class Answers:
    """What must not be found: the bodies of the functions of a course's reference, wheat and chaff."""

    def __init__(self, course: Course) -> None:
        self.trees: set[str] = set()
        self.texts: set[str] = set()
        self.codes: set[tuple[object, ...]] = set()
        self._searched: dict[tuple[bool, bytes], bool] = {}
        ours = {one.path for one in implementations(course) if one.kind != "stub"}
        for path in sorted(ours.union((course.reference / "supplied").rglob("*.py"))):
            source = path.read_text(encoding="utf-8")
            for function in functions(ast.parse(source)):
                body = normalised(function)
                if is_telling(body):
                    self.trees.add(body)
                    segments = [ast.get_source_segment(source, one) or "" for one in bare(function)]
                    self.texts |= {squeezed(body), squeezed("\n".join(segments))}
                    self.codes |= {instructions(code) for code in compiled(function)}

    def are_in(self, folder: Path) -> list[str]:
        """Return the places at which an answer was found."""
        return sorted({place for place, content in materials(folder) if self.is_in(place, content)})

    def is_in(self, place: str, content: bytes) -> bool:
        """Return whether an answer is in a file; each content is searched once, wherever it is."""
        is_code = place.endswith((".pyc", ".pyo"))
        if (is_code, content) not in self._searched:
            self._searched[is_code, content] = self._is_found(content, is_code=is_code)
        return self._searched[is_code, content]

    def _is_found(self, content: bytes, *, is_code: bool) -> bool:
        if is_code:
            return not self.codes.isdisjoint(map(instructions, codes_in(content)))
        if b"\0" in content[:1024]:
            return False
        text = content.decode(errors="replace")
        try:
            found = {normalised(function) for function in functions(ast.parse(text))}
        except (SyntaxError, ValueError):
            found = set()
        if not self.trees.isdisjoint(found):
            return True
        flat = squeezed(text)
        return any(answer in flat for answer in self.texts)


def materials(folder: Path) -> Iterator[Material]:
    """Yield all that there is to be read in a folder, by place."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(".git/"):
            yield from opened(name, path.read_bytes())
    if (folder / ".git").exists():
        for name, content in history(folder):
            yield from opened(f"git: {name}", content)


def history(folder: Path) -> Iterator[Material]:
    """Yield every object of a repository that is no folder, whether or not a commit leads to it."""
    names = dict(
        line.split(" ", 1)
        for line in git(folder, "rev-list", "--objects", "--all").decode().splitlines()
        if " " in line
    )
    rest = git(folder, "cat-file", "--batch-all-objects", "--batch")
    while rest:
        header, _, rest = rest.partition(b"\n")
        name, kind, size = header.decode().split()
        if kind != "tree":
            yield names.get(name, name), rest[: int(size)]
        rest = rest[int(size) + 1 :]


def git(folder: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True).stdout  # noqa: S607


def opened(name: str, content: bytes) -> Iterator[Material]:
    """Yield a file, and what is in it, if it is an archive or a notebook."""
    yield name, content
    stream = io.BytesIO(content)
    if zipfile.is_zipfile(stream):
        with zipfile.ZipFile(stream) as archive:
            for inner in archive.namelist():
                yield from opened(f"{name}/{inner}", archive.read(inner))
    elif content[:2] == b"\x1f\x8b":
        yield from opened(f"{name}/inside", gzip.decompress(content))
    elif content[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(content)) as tar:
            for member in tar.getmembers():
                file = tar.extractfile(member)
                if file is not None:
                    yield from opened(f"{name}/{member.name}", file.read())
    elif name.endswith(".ipynb"):
        for cell in json.loads(content)["cells"]:
            yield f"{name}/cell", "".join(cell["source"]).encode()


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def bare(function: ast.FunctionDef) -> list[ast.stmt]:
    """Return the statements of a function, without its docstring."""
    return function.body[1:] if ast.get_docstring(function) is not None else function.body


def normalised(function: ast.FunctionDef) -> str:
    return "\n".join(ast.unparse(statement) for statement in bare(function))


def is_telling(body: str) -> bool:
    return "\n" in body or len(body) >= TRIVIAL


def squeezed(text: str) -> str:
    return "".join(text.split())


def compiled(function: ast.FunctionDef) -> Iterator[CodeType]:
    """Yield the code of a function, not that of others in it; none, where it belongs to a class."""
    module = ast.Module(
        [ast.FunctionDef(**{**vars(function), "decorator_list": [], "body": bare(function)})], []
    )
    whole = compile(ast.unparse(ast.fix_missing_locations(module)), "<answer>", "exec", dont_inherit=True)
    yield next(one for one in whole.co_consts if isinstance(one, CodeType))


def codes_in(content: bytes) -> Iterator[CodeType]:
    """Yield the codes of all functions in a file of byte code."""
    found = [marshal.loads(content[HEADER:])]  # noqa: S302 - made by the test's own Python
    while found:
        code = found.pop()
        yield code
        found += [one for one in code.co_consts if isinstance(one, CodeType)]


def instructions(code: CodeType) -> tuple[object, ...]:
    """Return what a code does, apart from where it stands and what its docstring says."""
    steps = dis.get_instructions(code)
    return tuple(
        (step.opname, "code" if isinstance(step.argval, CodeType) else step.argrepr) for step in steps
    )
