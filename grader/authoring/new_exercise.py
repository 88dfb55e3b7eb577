"""A new exercise: skeletons of its reference, checks, stub, wheat and chaff, in a course or a new one."""

from __future__ import annotations

import ast
import builtins
import re
from dataclasses import dataclass
from keyword import iskeyword
from typing import TYPE_CHECKING, Final

from grader.authoring.course_toml_edit import enrolled
from grader.authoring.import_edit import bound, with_names
from grader.authoring.stubs import StubError, stub_of
from grader.course.course_toml import CourseError, declared
from grader.course.declarations import SYLLABUS, declarations
from grader.reporting.rendering import texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NUMBER: Final = re.compile(r"\d+(\.\d+)*", re.ASCII)
LONGEST_TITLE: Final = 80
POINTS: Final = 1
"""What the checks of a skeleton are worth."""
SKELETONS: Final = (("wheat", "todo"), ("chaff", "todo_1"), ("chaff", "todo_2"))


class NewExerciseError(ValueError):
    """The exercise can't be begun like this; the message says what to do. Nothing was written."""


@dataclass(frozen=True)
class Wanted:
    """The exercise that a teacher asks for; a section that is there needs only its `module`."""

    name: str
    module: str
    chapter: str = ""
    section: str = ""
    title: str = ""
    signature: str = ""
    is_class: bool = False


@dataclass(frozen=True)
class Place:
    """The files of a section: its own, or those that it will have."""

    root: Path
    chapter: str
    module: str
    heading: str

    @property
    def checks(self) -> Path:
        """The page of laws."""
        return self.root / "assignments" / self.chapter / f"test_{self.module}.py"

    @property
    def stub(self) -> Path:
        """What students fill in."""
        return self.checks.with_name(f"{self.module}.py")

    @property
    def reference(self) -> Path:
        """The solution."""
        return self.root / "reference" / self.chapter / f"{self.module}.py"

    def skeleton(self, kind: str, name: str, exercise: str) -> Path:
        """A wheat or chaff of an exercise."""
        return self.reference.parent / kind / exercise / f"{name}.py"


@dataclass(frozen=True)
class Call:
    """How the exercise is called: its `signature` (empty for a class), the inputs, and what is asked."""

    signature: str
    parameters: tuple[str, ...]
    asks: str
    needs_torch: bool


def begin(root: Path, wanted: Wanted) -> list[Path]:
    """Write the skeletons of an exercise; return the files that were written. Raises `NewExerciseError`."""
    _demand_identifier(wanted.name, "an exercise's name")
    call = _call(wanted)
    _demand_course(root)
    place = _place(root, wanted)
    try:
        texts = _texts(place, wanted, call)
    except CourseError as error:  # in course.toml
        raise NewExerciseError(str(error)) from error
    for path in texts:
        path.parent.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return list(texts)


def _texts(place: Place, wanted: Wanted, call: Call) -> dict[Path, str]:
    """Return the files to write, with what will be in them."""
    _demand_new(place, wanted.name)
    context = {
        "name": wanted.name, "signature": call.signature, "parameters": call.parameters, "asks": call.asks,
        "needs_torch": call.needs_torch,
    }  # fmt: skip
    laws = sorted(["exercise", "ulps", *(["like", "tensors"] if call.parameters else ["tensor"])])
    definition, declaration = _rendered("reference", **context), _rendered("checks", **context)
    if place.checks.exists():
        reference = _added(place.reference, definition, wanted.name, "torch" if call.needs_torch else "")
        checks = _added(place.checks, declaration, wanted.name, laws=laws)
    elif wanted.name in {*laws, "torch"}:
        raise NewExerciseError(f"The files use the name {wanted.name} already: choose another one.")
    else:
        top = "\nimport torch\n" if call.needs_torch else ""
        reference = f'"""{place.heading}"""\n{top}\n\n{definition}'
        checks = f'"""{place.heading}"""\n\nfrom grader.laws import {", ".join(laws)}\n\n{declaration}'
    texts = {place.reference: reference, place.checks: checks}
    stub = _stub(place, reference, wanted.name)
    if stub:
        texts[place.stub] = stub
    syllabus = enrolled(place.root, place.module, wanted.name, POINTS, is_new=not place.checks.exists())
    if syllabus:
        texts[place.root / SYLLABUS] = syllabus
    for kind, name in SKELETONS:
        texts[place.skeleton(kind, name, wanted.name)] = _rendered("specimen", kind=kind, **context)
    return texts


def _added(path: Path, text: str, name: str, module: str = "", laws: Sequence[str] = ()) -> str:
    """Return a file with a text at its end, which needs a module that is imported, and some of the laws."""
    source = _read(path)
    known = bound(source)
    if name in {*known, *laws}:
        raise NewExerciseError(f"{path} uses the name {name} already: choose another one for the exercise.")
    if module and known.get(module) != module:
        raise NewExerciseError(f"--signature mentions {module}, but {path} has no `import {module}`: add it.")
    try:
        source = with_names(source, "grader.laws", laws) if laws else source
    except LookupError as error:
        raise NewExerciseError(
            f"{path} must have `from grader.laws import {', '.join(laws)}`, and use these names for nothing "
            f"else (it is about {error})."
        ) from error
    return f"{source.rstrip()}\n\n\n{text}"


def _stub(place: Place, reference: str, name: str) -> str:
    """Return the section's stub with the new exercise; "", where that would lose what somebody wrote."""
    names = frozenset({*declared(place.checks), name})
    try:
        if place.stub.exists() and _read(place.stub) != stub_of(_read(place.reference), names - {name}):
            return ""
        return stub_of(reference, names)
    except StubError:  # `grader stubs` says what is wrong
        return ""


def _place(root: Path, wanted: Wanted) -> Place:
    """Find the section, or say where a new one will be."""
    _demand_identifier(wanted.module, "--module")
    if wanted.module.startswith(("test_", "drive_")):
        raise NewExerciseError(
            f"--module {wanted.module}: name the section's module, such as normalization; the checks "
            "beside it are called test_normalization.py by themselves."
        )
    sections = {path: _heading(path) for path in sorted((root / "assignments").glob("*/test_*.py"))}
    here = [path for path in sections if path.stem == f"test_{wanted.module}"]
    if here:
        return _existing(root, wanted, here[0], sections[here[0]])
    lacking = [f"--{option}" for option in ("section", "title", "chapter") if not getattr(wanted, option)]
    if lacking:
        modules = ", ".join(path.stem.removeprefix("test_") for path in sections)
        there = f" (there are: {modules})" if modules else ""
        raise NewExerciseError(
            f"The course has no section {wanted.module}{there}. To start it, add {', '.join(lacking)}."
        )
    _demand_identifier(wanted.chapter, "--chapter")
    if not NUMBER.fullmatch(wanted.section):
        raise NewExerciseError(f"--section {wanted.section}: write the section's number, such as 6.1.")
    taken = [path for path, heading in sections.items() if heading.partition(" ")[0] == wanted.section]
    if taken:
        module = taken[0].stem.removeprefix("test_")
        raise NewExerciseError(
            f"Section {wanted.section} is in {taken[0]} already: add to it with --module {module}."
        )
    return Place(root, wanted.chapter, wanted.module, f"{wanted.section} {_title(wanted.title)}")


def _existing(root: Path, wanted: Wanted, checks: Path, heading: str) -> Place:
    """Return the place of a section that is there; what is said of it must be so."""
    number, _, title = heading.partition(" ")
    facts = {"chapter": checks.parent.name, "section": number, "title": title.rstrip(".")}
    for option, fact in facts.items():
        said = getattr(wanted, option)
        if said and said.rstrip(".") != fact:
            raise NewExerciseError(
                f"The section {wanted.module} is there already, in {checks}, and its {option} is {fact!r}. "
                f"Leave --{option} out to add to it, or choose another --module."
            )
    place = Place(root, checks.parent.name, wanted.module, heading)
    if not place.reference.exists():
        raise NewExerciseError(f"{place.reference} is missing, the reference of {checks}: write it first.")
    return place


def _heading(checks: Path) -> str:
    """Return the first line of a checks file: the section's number and title."""
    lines = (ast.get_docstring(ast.parse(_read(checks))) or "").splitlines()
    return lines[0] if lines else ""


def _title(title: str) -> str:
    """Return a title as it ends a docstring's first line."""
    title = title.strip()
    if not title.isprintable() or '"' in title or "\\" in title or len(title) > LONGEST_TITLE:
        raise NewExerciseError(
            f"--title: write one line of at most {LONGEST_TITLE} characters, without quotation marks "
            "and backslashes."
        )
    return title if title.endswith((".", "?", "!")) else f"{title}."


def _call(wanted: Wanted) -> Call:
    """Read the signature. Raises `NewExerciseError`."""
    if wanted.is_class:
        return Call("", ("X",), f"{wanted.name}()(X)", needs_torch=False)
    text = " ".join(wanted.signature.split()) or f"{wanted.name}(X)"
    try:
        # Twice the same parameter is an error that only the compiler sees.
        compile(f"def {text}: ...", "--signature", "exec", dont_inherit=True)
        (node,) = ast.parse(f"def {text}: ...").body
    except (SyntaxError, ValueError):
        node = ast.Pass()
    if not isinstance(node, ast.FunctionDef) or node.name != wanted.name or len(node.body) != 1:
        raise NewExerciseError(
            f'--signature {text!r} is no signature of {wanted.name}: write it as in "{wanted.name}(X, y=0)".'
        )
    given = node.args
    if given.vararg or given.kwarg:
        raise NewExerciseError(
            "--signature: name each parameter, for inputs are drawn by name; * and ** have none."
        )
    by_place = [one.arg for one in (*given.posonlyargs, *given.args)]
    by_name = [one.arg for one in given.kwonlyargs]
    if {wanted.name, "torch"} & {*by_place, *by_name}:
        raise NewExerciseError(f"--signature: no parameter can be called {wanted.name} or torch.")
    mentioned = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    unknown = sorted(mentioned - {"torch", *dir(builtins)})
    if unknown:
        raise NewExerciseError(
            f"--signature: {unknown[0]} is not known there; of what isn't Python's own, only torch is. Leave "
            "it out, and write it into the reference afterwards."
        )
    arguments = [*by_place, *(f"{one}={one}" for one in by_name)]
    asks = f"{wanted.name}({', '.join(arguments)})"
    return Call(text, (*by_place, *by_name), asks, needs_torch="torch" in mentioned)


def _demand_identifier(name: str, what: str) -> None:
    if not (name.isidentifier() and name.isascii()) or iskeyword(name) or name.startswith("_"):
        raise NewExerciseError(
            f"{name!r} can't be {what}: take letters, digits and underscores, and begin with a letter; "
            "words of Python's own, such as class, can't be names."
        )


def _demand_course(root: Path) -> None:
    """Refuse a folder that holds other things: a new course begins in an empty one."""
    missing = [name for name in ("assignments", "reference") if not (root / name).is_dir()]
    holds = [path.name for path in root.iterdir() if not path.name.startswith(".")] if root.exists() else []
    if not missing or not holds:
        return
    raise NewExerciseError(
        f"{root} is no course: it has no folder {missing[0]}/, and is not empty. Name a course (it has "
        "assignments/ and reference/), or an empty folder or a new one, to start a course there."
    )


def _demand_new(place: Place, name: str) -> None:
    """Refuse an exercise of which something is there."""
    for checks in (place.root / "assignments").glob("*/test_*.py"):
        if name in declarations(checks):
            raise NewExerciseError(f"There is an exercise {name} already, in {checks}. Choose another name.")
    if not place.checks.exists():
        files = [path for path in (place.reference, place.stub) if path.exists()]
    else:
        files = []
    folders = [place.skeleton(kind, "", name).parent for kind in ("wheat", "chaff")]
    there = [*files, *(folder for folder in folders if folder.exists())]
    if there:
        raise NewExerciseError(
            f"{there[0]} is there already, and nothing is overwritten. Move it away first."
        )


def _read(path: Path) -> str:
    try:
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            ast.parse(source)
    except (SyntaxError, ValueError) as error:
        raise NewExerciseError(f"{path} can't be read: {error}. Mend it first.") from error
    return source


def _rendered(template: str, **context: object) -> str:
    return texts("grader.authoring").get_template(f"{template}.py.jinja").render(context)
