"""Create an exercise: skeletons of its reference, checks, stub, wheat and chaff."""

from __future__ import annotations

import ast
import builtins
import re
from dataclasses import dataclass
from keyword import iskeyword
from typing import TYPE_CHECKING, Final

from grader.authoring.course_toml_edit import with_exercise
from grader.authoring.import_edit import bound, with_names
from grader.authoring.stubs import StubError, stub_of
from grader.course.course_toml import CourseError, declared
from grader.course.declarations import COURSE_TOML, declarations
from grader.reporting.rendering import texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NUMBER: Final = re.compile(r"\d+(\.\d+)*", re.ASCII)
LONGEST_TITLE: Final = 80
POINTS: Final = 1
"""The points of a skeleton's checks."""
SKELETONS: Final = (("wheat", "todo"), ("chaff", "todo_1"), ("chaff", "todo_2"))


class NewExerciseError(ValueError):
    """The exercise can't be created; the message says what to do. Nothing was written."""


@dataclass(frozen=True)
class NewExercise:
    """The requested exercise. Of an existing section only the `module` is needed."""

    name: str
    module: str
    chapter: str = ""
    section: str = ""
    title: str = ""
    signature: str = ""
    is_class: bool = False


@dataclass(frozen=True)
class SectionFiles:
    """The paths of a section's files, which need not exist yet."""

    root: Path
    chapter: str
    module: str
    heading: str

    @property
    def checks(self) -> Path:
        """The checks file."""
        return self.root / "assignments" / self.chapter / f"test_{self.module}.py"

    @property
    def stub(self) -> Path:
        """The stub, which students fill in."""
        return self.checks.with_name(f"{self.module}.py")

    @property
    def reference(self) -> Path:
        """The reference."""
        return self.root / "reference" / self.chapter / f"{self.module}.py"

    def skeleton(self, kind: str, name: str, exercise: str) -> Path:
        """Return the path of a wheat or chaff of an exercise."""
        return self.reference.parent / kind / exercise / f"{name}.py"


@dataclass(frozen=True)
class Call:
    """How the exercise is called.

    Args:
        signature: of the function; empty for a class.
        parameters: the names of the inputs.
        asks: the call, as an expression.
        needs_torch: whether the signature mentions torch.
    """

    signature: str
    parameters: tuple[str, ...]
    asks: str
    needs_torch: bool


def create(root: Path, wanted: NewExercise) -> list[Path]:
    """Write the skeletons of an exercise; return their paths. Raises `NewExerciseError`."""
    _require_identifier(wanted.name, "an exercise's name")
    call = _call(wanted)
    _require_course(root)
    files = _section_files(root, wanted)
    try:
        texts = _texts(files, wanted, call)
    except CourseError as error:  # raised for course.toml
        raise NewExerciseError(str(error)) from error
    for path in texts:
        path.parent.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return list(texts)


def _texts(files: SectionFiles, wanted: NewExercise, call: Call) -> dict[Path, str]:
    """Return the files to write with their texts, by path."""
    _require_new(files, wanted.name)
    context = {
        "name": wanted.name, "signature": call.signature, "parameters": call.parameters, "asks": call.asks,
        "needs_torch": call.needs_torch,
    }  # fmt: skip
    laws = sorted(["exercise", "ulps", *(["like", "tensors"] if call.parameters else ["tensor"])])
    definition, declaration = _rendered("reference", **context), _rendered("checks", **context)
    if files.checks.exists():
        reference = _added(files.reference, definition, wanted.name, "torch" if call.needs_torch else "")
        checks = _added(files.checks, declaration, wanted.name, laws=laws)
    elif wanted.name in {*laws, "torch"}:
        raise NewExerciseError(f"The new files already use the name {wanted.name}: choose another one.")
    else:
        top = "\nimport torch\n" if call.needs_torch else ""
        reference = f'"""{files.heading}"""\n{top}\n\n{definition}'
        checks = f'"""{files.heading}"""\n\nfrom grader.laws import {", ".join(laws)}\n\n{declaration}'
    texts = {files.reference: reference, files.checks: checks}
    stub = _stub(files, reference, wanted.name)
    if stub:
        texts[files.stub] = stub
    syllabus = with_exercise(files.root, files.module, wanted.name, POINTS, is_new=not files.checks.exists())
    if syllabus:
        texts[files.root / COURSE_TOML] = syllabus
    for kind, name in SKELETONS:
        texts[files.skeleton(kind, name, wanted.name)] = _rendered("implementation", kind=kind, **context)
    return texts


def _added(path: Path, text: str, name: str, module: str = "", laws: Sequence[str] = ()) -> str:
    """Return the text of a file with a definition added, and with the `laws` that it needs imported."""
    source = _read(path)
    known = bound(source)
    if name in {*known, *laws}:
        raise NewExerciseError(f"{path} already uses the name {name}: choose another one for the exercise.")
    if module and known.get(module) != module:
        raise NewExerciseError(f"--signature mentions {module}, but {path} has no `import {module}`: add it.")
    try:
        source = with_names(source, "grader.laws", laws) if laws else source
    except LookupError as error:
        raise NewExerciseError(
            f"{path} must contain `from grader.laws import {', '.join(laws)}`, and use these names for "
            f"nothing else (the problem is {error})."
        ) from error
    return f"{source.rstrip()}\n\n\n{text}"


def _stub(files: SectionFiles, reference: str, name: str) -> str:
    """Return the section's stub with the new exercise; "" if the stub was edited, so as not to lose that."""
    names = frozenset({*declared(files.checks), name})
    try:
        if files.stub.exists() and _read(files.stub) != stub_of(_read(files.reference), names - {name}):
            return ""
        return stub_of(reference, names)
    except StubError:  # `grader stubs` reports the problem
        return ""


def _section_files(root: Path, wanted: NewExercise) -> SectionFiles:
    """Return the files of the section, or those that a new section will have."""
    _require_identifier(wanted.module, "--module")
    if wanted.module.startswith(("test_", "drive_")):
        raise NewExerciseError(
            f"--module {wanted.module}: give the name of the section's module, such as normalization. Its "
            "checks file is then test_normalization.py."
        )
    sections = {path: _heading(path) for path in sorted((root / "assignments").glob("*/test_*.py"))}
    here = [path for path in sections if path.stem == f"test_{wanted.module}"]
    if here:
        return _existing(root, wanted, here[0], sections[here[0]])
    lacking = [f"--{option}" for option in ("section", "title", "chapter") if not getattr(wanted, option)]
    if lacking:
        modules = ", ".join(path.stem.removeprefix("test_") for path in sections)
        known = f" (it has: {modules})" if modules else ""
        raise NewExerciseError(
            f"The course has no section {wanted.module}{known}. To create it, add {', '.join(lacking)}."
        )
    _require_identifier(wanted.chapter, "--chapter")
    if not NUMBER.fullmatch(wanted.section):
        raise NewExerciseError(f"--section {wanted.section}: give the number of the section, such as 6.1.")
    taken = [path for path, heading in sections.items() if heading.partition(" ")[0] == wanted.section]
    if taken:
        module = taken[0].stem.removeprefix("test_")
        raise NewExerciseError(
            f"Section {wanted.section} already exists in {taken[0]}: add to it with --module {module}."
        )
    return SectionFiles(root, wanted.chapter, wanted.module, f"{wanted.section} {_title(wanted.title)}")


def _existing(root: Path, wanted: NewExercise, checks: Path, heading: str) -> SectionFiles:
    """Return the files of an existing section. Raises `NewExerciseError` if the options contradict it."""
    number, _, title = heading.partition(" ")
    facts = {"chapter": checks.parent.name, "section": number, "title": title.rstrip(".")}
    for option, fact in facts.items():
        given = getattr(wanted, option)
        if given and given.rstrip(".") != fact:
            raise NewExerciseError(
                f"The section {wanted.module} already exists in {checks}, and its {option} is {fact!r}. "
                f"Omit --{option} to add to it, or choose another --module."
            )
    files = SectionFiles(root, checks.parent.name, wanted.module, heading)
    if not files.reference.exists():
        raise NewExerciseError(f"{files.reference}, the reference of {checks}, is missing: write it first.")
    return files


def _heading(checks: Path) -> str:
    """Return the first line of a checks file: the section's number and title."""
    lines = (ast.get_docstring(ast.parse(_read(checks))) or "").splitlines()
    return lines[0] if lines else ""


def _title(title: str) -> str:
    """Return a title with a final period, for the first line of a docstring."""
    title = title.strip()
    if not title.isprintable() or '"' in title or "\\" in title or len(title) > LONGEST_TITLE:
        raise NewExerciseError(
            f"--title: use one line of at most {LONGEST_TITLE} characters, without quotation marks or "
            "backslashes."
        )
    return title if title.endswith((".", "?", "!")) else f"{title}."


def _call(wanted: NewExercise) -> Call:
    """Read the signature. Raises `NewExerciseError`."""
    if wanted.is_class:
        return Call("", ("X",), f"{wanted.name}()(X)", needs_torch=False)
    text = " ".join(wanted.signature.split()) or f"{wanted.name}(X)"
    try:
        # Only compiling detects duplicate parameters.
        compile(f"def {text}: ...", "--signature", "exec", dont_inherit=True)
        (node,) = ast.parse(f"def {text}: ...").body
    except (SyntaxError, ValueError):
        node = ast.Pass()
    if not isinstance(node, ast.FunctionDef) or node.name != wanted.name or len(node.body) != 1:
        raise NewExerciseError(
            f"--signature {text!r} is not a signature of {wanted.name}: write it like "
            f'"{wanted.name}(X, y=0)".'
        )
    given = node.args
    if given.vararg or given.kwarg:
        raise NewExerciseError(
            "--signature: * and ** are not possible, since inputs are generated for each parameter by name."
        )
    by_place = [one.arg for one in (*given.posonlyargs, *given.args)]
    by_name = [one.arg for one in given.kwonlyargs]
    if {wanted.name, "torch"} & {*by_place, *by_name}:
        raise NewExerciseError(f"--signature: no parameter may be called {wanted.name} or torch.")
    mentioned = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    unknown = sorted(mentioned - {"torch", *dir(builtins)})
    if unknown:
        raise NewExerciseError(
            f"--signature: {unknown[0]} is not defined; only built-in names and torch can be used. Leave it "
            "out, and add it to the reference afterwards."
        )
    arguments = [*by_place, *(f"{one}={one}" for one in by_name)]
    asks = f"{wanted.name}({', '.join(arguments)})"
    return Call(text, (*by_place, *by_name), asks, needs_torch="torch" in mentioned)


def _require_identifier(name: str, what: str) -> None:
    if not (name.isidentifier() and name.isascii()) or iskeyword(name) or name.startswith("_"):
        raise NewExerciseError(
            f"{name!r} can't be {what}: use letters, digits and underscores, and start with a letter. "
            "Python's keywords, such as class, are not allowed."
        )


def _require_course(root: Path) -> None:
    """Raise `NewExerciseError` if a folder is neither a course nor empty."""
    missing = [name for name in ("assignments", "reference") if not (root / name).is_dir()]
    content = [path.name for path in root.iterdir() if not path.name.startswith(".")] if root.exists() else []
    if not missing or not content:
        return
    raise NewExerciseError(
        f"{root} is not a course: it has no folder {missing[0]}/, and is not empty. Choose a course (a "
        "folder with assignments/ and reference/), or an empty or new folder to start a course in."
    )


def _require_new(files: SectionFiles, name: str) -> None:
    """Raise `NewExerciseError` if the exercise, or one of its files, already exists."""
    for checks in (files.root / "assignments").glob("*/test_*.py"):
        if name in declarations(checks):
            raise NewExerciseError(f"There is already an exercise {name}, in {checks}. Choose another name.")
    if not files.checks.exists():
        paths = [path for path in (files.reference, files.stub) if path.exists()]
    else:
        paths = []
    folders = [files.skeleton(kind, "", name).parent for kind in ("wheat", "chaff")]
    existing = [*paths, *(folder for folder in folders if folder.exists())]
    if existing:
        raise NewExerciseError(f"{existing[0]} already exists, and is not overwritten. Move it away first.")


def _read(path: Path) -> str:
    try:
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            ast.parse(source)
    except (SyntaxError, ValueError) as error:
        raise NewExerciseError(f"{path} can't be read: {error}. Fix it first.") from error
    return source


def _rendered(template: str, **context: object) -> str:
    return texts("grader.authoring").get_template(f"{template}.py.jinja").render(context)
