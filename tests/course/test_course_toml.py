"""`course.toml`: its settings, and the messages about errors in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from grader.course.course import SHIPPED, load, load_section
from grader.course.course_toml import (
    CourseError,
    SectionEntry,
    Seed,
    Syllabus,
    data_set,
    declared,
    modules,
    read,
    require_known_names,
)
from grader.course.declarations import checks_in
from grader.datasets.registry import DATA_SETS, DEFAULT, FASHION_MNIST
from grader.records.verdict import Verdict, summarize

if TYPE_CHECKING:
    from pathlib import Path

CHECKS = '''\
"""{number} {module}."""

from grader.laws import exercise, number

'''
EXERCISE = '''\
{name} = exercise(
    "{name}", asks="{name}()", given={{}}, returns=number(), oracle=lambda: 1,
    points={{"is_defined": {points}, "right_values": 3}},
)

@{name}.beyond_the_book()
def it_is_nice(result):
    """It is nice."""
    assert result

'''
TOP = 'title = "Numbers"\npoints = 12\n'
MLP = '[[sections]]\nmodule = "mlp"\n'
SUMS = '[[sections]]\nmodule = "sums"\n'


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of two sections of two exercises, four points each."""
    monkeypatch.chdir(tmp_path)
    for chapter, module, names in (("2.1", "mlp", ["relu", "tanh"]), ("1.1", "sums", ["double", "halve"])):
        path = tmp_path / "assignments" / f"ch{chapter[0]}" / f"test_{module}.py"
        path.parent.mkdir(parents=True)
        text = CHECKS.format(number=chapter, module=module)
        path.write_text(text + "".join(EXERCISE.format(name=name, points=1) for name in names))
    return tmp_path


def write(root: Path, text: str) -> Path:
    (root / "course.toml").write_text(text, encoding="utf-8")
    return root


def wrong(root: Path, text: str) -> str:
    """What is said of a file when the course is loaded; nothing but loading it is needed to find that."""
    write(root, text)
    with pytest.raises(CourseError) as caught:
        load(root)
    return str(caught.value)


def test_without_the_file_a_course_has_all_sections(root: Path) -> None:
    assert read(root) is None
    assert modules(root) == {"mlp", "sums"}
    course = load(root)
    assert [section.module for section in course.sections] == ["sums", "mlp"]
    assert course.syllabus is None


def test_it_is_read_as_it_was_written(root: Path) -> None:
    write(
        root,
        TOP + 'seed = {policy = "fixed", value = 7}\n' + MLP + "deadline = 2026-12-01T23:59:00+01:00\n"
        'points = {relu = 8}\nexercises = ["relu"]\n' + SUMS + "deadline = 2026-12-02 12:00:00Z\n",
    )  # fmt: skip
    cet = timezone(timedelta(hours=1))
    assert read(root) == Syllabus(
        "Numbers",
        12,
        (
            SectionEntry("mlp", datetime(2026, 12, 1, 23, 59, tzinfo=cet), ("relu",), {"relu": 8}),
            SectionEntry("sums", datetime(2026, 12, 2, 12, tzinfo=UTC)),
        ),
        Seed("fixed", 7),
    )


def test_a_section_may_name_its_page_in_the_book(root: Path) -> None:
    address = "https://d2l.ai/chapter_multilayer-perceptrons/mlp.html"
    assert {section.book for section in load(root).sections} == {""}
    write(root, TOP.replace("12", "8") + MLP + f'book = "{address}"\n')
    assert [section.book for section in load(root).sections] == [address]


def test_a_course_may_name_its_data_set(root: Path) -> None:
    assert data_set(root) is DEFAULT
    assert load(root).data_set is DEFAULT
    write(root, TOP.replace("12", "16") + 'data = "fashion-mnist"\n' + MLP + SUMS)
    assert data_set(root) is FASHION_MNIST
    assert load(root).data_set is FASHION_MNIST


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            'data = "fashion_mnist"',
            "course.toml:3: there is no data set fashion_mnist. Did you mean fashion-mnist?",
        ),
        (
            'data = "iris"',
            f"course.toml:3: there is no data set iris. There are: {', '.join(DATA_SETS)}.",
        ),
        (
            "data = 1",
            'course.toml:3: data must be text, and is a whole number. For example: data = "fashion-mnist".',
        ),
    ],
)
def test_an_unknown_data_set_is_named(root: Path, line: str, message: str) -> None:
    assert wrong(root, f"{TOP}{line}\n{MLP}") == message


def test_a_course_may_set_the_time_of_a_submission(root: Path) -> None:
    write(root, TOP + MLP)
    assert read(root).seconds_per_submission == 300  # type: ignore[union-attr]
    write(root, TOP.replace("12", "8") + "seconds_per_submission = 20\n" + MLP)
    assert load(root).seconds_per_submission == 20


@pytest.mark.parametrize("wrong", ["0", "-1", "inf", "nan", '"5 minutes"'])
def test_the_time_of_a_submission_is_a_number_above_0(root: Path, wrong: str) -> None:
    write(root, TOP + f"seconds_per_submission = {wrong}\n" + MLP)
    with pytest.raises(CourseError, match=r"course.toml:3: seconds_per_submission must be a number"):
        read(root)


def test_a_course_may_declare_packages(root: Path) -> None:
    write(root, TOP + 'packages = ["scipy", "jax[cpu]>=0.4"]\n' + MLP)
    syllabus = read(root)
    assert syllabus is not None
    assert syllabus.packages == ("scipy", "jax[cpu]>=0.4")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('packages = "scipy"', "course.toml:3: packages must be a list, and is text."),
        ("packages = [1]", "course.toml:3: what packages lists must be text, and this is a whole number."),
        ('packages = ["two words"]', "course.toml:3: 'two words' is not the name of a package."),
        (
            'packages = ["x @ https://example.org/x.whl"]',
            "course.toml:3: 'x @ https://example.org/x.whl' is not",
        ),
    ],
)
def test_what_is_no_package_is_refused(root: Path, line: str, message: str) -> None:
    assert wrong(root, f"{TOP}{line}\n{MLP}").startswith(message)


def test_a_byte_order_mark_and_windows_line_ends_are_no_error(root: Path) -> None:
    (root / "course.toml").write_bytes(b"\xef\xbb\xbf" + (TOP + MLP).replace("\n", "\r\n").encode())
    assert read(root) == Syllabus("Numbers", 12, (SectionEntry("mlp"),))


def test_only_what_it_names_belongs_to_the_course(root: Path) -> None:
    write(root, TOP.replace("12", "4") + MLP + 'exercises = ["tanh"]\n')
    assert modules(root) == {"mlp"}
    course = load(root)
    assert [exercise.name for _section, exercise in course.exercises()] == ["tanh"]
    checks = {module: path for path, module in checks_in(root).items()}
    assert (declared(checks["mlp"]), declared(checks["sums"])) == (("tanh",), ())
    with pytest.raises(CourseError, match=r"test_sums\.py is no part of the course"):
        load_section(checks["sums"])
    with pytest.raises(CourseError, match=r"There is no exercise relu\. There are: tanh\."):
        load(root, ["relu"])


def test_points_are_scaled_in_proportion_and_the_bonus_stays(root: Path) -> None:
    course = load(write(root, TOP + MLP + "points.relu = 8\n"))
    relu, tanh = course.sections[0].exercises
    assert (relu.max_points, tanh.max_points) == (8, 4)
    assert {check.name: check.points for check in relu.checks if check.points} == {
        "is_defined": 2,
        "right_values": 6,
        "it_is_nice": 1,
    }


def test_rounded_shares_add_up_to_the_total() -> None:
    """As binary fractions, 0.1 and 0.2 are a little more than 0.3."""
    verdicts = [Verdict(str(points), "It holds.", "passed", points, points, False) for points in (0.1, 0.2)]
    result = summarize("relu", "2.1", "mlp", tuple(verdicts))
    assert (result.points, result.max_points, result.status) == (0.3, 0.3, "correct")


def test_the_deadline_is_kept_with_its_offset(root: Path) -> None:
    course = load(write(root, TOP.replace("12", "8") + MLP + "deadline = 2026-12-01T23:59:00+01:00\n"))
    assert course.sections[0].deadline == datetime(2026, 12, 1, 22, 59, tzinfo=UTC)


def test_only_settings_that_affect_verdicts_change_the_fingerprint(root: Path) -> None:
    def fingerprint(text: str) -> str:
        return load(write(root, text)).fingerprint()

    before = fingerprint(TOP + MLP + "points.relu = 8\n")
    assert fingerprint(TOP.replace("Numbers", "More") + MLP + "points.relu = 8\n") == before
    assert fingerprint(TOP + MLP + "points.relu = 8\ndeadline = 2026-12-01T23:59:00Z\n") == before
    assert fingerprint(TOP + MLP + "points.tanh = 8\n") != before
    assert fingerprint(TOP + MLP + SUMS + 'exercises = ["halve"]\n') != before
    assert fingerprint(TOP + 'packages = ["scipy"]\n' + MLP + "points.relu = 8\n") != before
    assert fingerprint(TOP + "seconds_per_submission = 9\n" + MLP + "points.relu = 8\n") != before


def test_the_course_that_ships_names_all_its_sections() -> None:
    syllabus = read(SHIPPED)
    assert syllabus is not None
    assert syllabus.points == 100
    assert sorted(part.module for part in syllabus.sections) == sorted(checks_in(SHIPPED).values())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = \n", "1: this is not TOML: Invalid value in column 9. See https://toml.io."),
        ('title = "a"\ntitle = "b"\n', "2: this is not TOML: Cannot overwrite a value in column"),
        ("points = 1", "1: title is missing. For example: title ="),
        ('title = "a"\n' + MLP, "1: points is missing. For example: points = 100"),
        (TOP, "1: sections is missing. For example: [[sections]] above"),
        (TOP + "sections = []", "3: the course has no sections"),
        (TOP + MLP + "[[sections]]\n", "5: module is missing. For example: module ="),
        (
            TOP + MLP + 'book = "d2l.ai"\n',
            "5: book is no address of a page: it begins with https:// or http://.",
        ),
        (TOP + MLP + 'book = "https://d2l.ai/\\u001b]8;;"\n', "5: book is no address of a page"),
        (TOP + MLP + "dedline = 1\n", "5: there is no setting dedline. Did you mean deadline?"),
        ("titel = 1\n" + TOP + MLP, "1: there is no setting titel. Did you mean title?"),
        (TOP + 'seed = {policy = "fresh", valeu = 1}\n' + MLP, "3: there is no setting valeu. Did you mean"),
        ("title = 3\npoints = 1\n" + MLP, "1: title must be text, and is a whole number"),
        ('title = "a\\nb"\npoints = 1\n' + MLP, "1: title must be a line of text"),
        ('title = " "\npoints = 1\n' + MLP, "1: title must be a line of text"),
        (TOP.replace("12", "'12'") + MLP, "2: points must be a number, and is text. For example: points ="),
        (TOP.replace("12", "true") + MLP, "2: points must be a number, and is true or false"),
        (TOP.replace("12", "0") + MLP, "2: points must be a number above 0, which 0 is not"),
        (TOP.replace("12", "nan") + MLP, "2: points must be a number above 0, which nan is not"),
        (
            TOP.replace("12", "9") + MLP,
            "2: points is 9, but all exercises add up to 8 (mlp 8). Write points = 8",
        ),
        (
            TOP + MLP + 'points = {relu = "8"}',
            "5: relu must be a number, and is text. For example: points =",
        ),
        (TOP + MLP + "[sections.points]\ntanh = 1\nrelu = []\n", "7: relu must be a number, and is a list"),
        (
            TOP + MLP + "points = {relu = -1}",
            "5: the points of relu must be a number above 0, which -1 is not",
        ),
        (TOP + MLP + "points.relu = inf", "5: the points of relu must be a number above 0, which inf is not"),
        (
            TOP + MLP + "points.relo = 1",
            "5: points for relo, which is no exercise of mlp here. Did you mean relu?",
        ),
        (
            TOP + MLP + 'points.relu = 1\nexercises = ["tanh"]',
            "5: points for relu, which is no exercise of mlp here. There are: tanh.",
        ),
        (
            TOP + '[[sections]]\nmodule = "mpl"',
            "4: there is no section mpl. Did you mean mlp?",
        ),
        (TOP + MLP + SUMS + MLP, "8: mlp is named twice: one of them must go."),
        (TOP + MLP + "exercises = []", "5: exercises is empty: leave it out to have all of mlp"),
        (TOP + MLP + 'exercises = "relu"', "5: exercises must be a list, and is text"),
        (
            TOP + MLP + 'exercises = ["relu",\n\n 3]',
            "7: what exercises lists must be text, and this is a whole",
        ),
        (TOP + MLP + 'exercises = [\n"relu",\n"relu"]', "7: relu is named twice: one of them must go."),
        (TOP + MLP + 'exercises = [\n"relu",\n"tahn"]', "7: mlp has no exercise tahn. Did you mean tanh?"),
        (TOP + MLP + "deadline = '2026-12-01T23:59:00Z'", "5: deadline must be a date-time, and is text"),
        (
            TOP + MLP + "deadline = 2026-12-01",
            "5: deadline must be a date-time, and is a date. For example:",
        ),
        (TOP + MLP + "deadline = 23:59:00", "5: deadline must be a date-time, and is a time of day"),
        (
            TOP + MLP + "deadline = 2026-12-01T23:59:00",
            "5: deadline doesn't say in which time zone: put the offset from UTC behind it, as in 2026-12",
        ),
        (TOP + MLP + "deadline = 0026-12-01T23:59:00Z", "5: deadline is in the year 26"),
        (TOP + "seed = 7\n" + MLP, "3: seed must be a table, and is a whole number"),
        (
            TOP + MLP + '[seed]\npolicy = "weekly"',
            '6: policy can\'t be that. For example: policy = "fresh" or',
        ),
        (TOP + MLP + '[seed]\npolicy = "fixed"', '6: policy = "fixed" needs a value'),
        (TOP + MLP + '[seed]\npolicy = "fresh"\nvalue = 1', '6: policy = "fresh" has no value'),
        (TOP + MLP + '[seed]\npolicy = "fixed"\nvalue = -1', "7: value must be from 0 to 9007199254740991"),
        (
            TOP + MLP + '[seed]\npolicy = "fixed"\nvalue = 1.5',
            "7: value must be a whole number, and is a number",
        ),
        (TOP + "[sections]\nmodule = 'a'", "3: sections must be a list, and is a table"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line_and_a_correct_example(
    root: Path, text: str, said: str
) -> None:
    assert wrong(root, text).startswith(f"course.toml:{said}")


def test_numbers_too_large_for_a_float_are_refused(root: Path) -> None:
    assert wrong(root, TOP.replace("12", "1" + "0" * 400) + MLP).startswith("course.toml:2: points")


def test_invalid_utf_8_is_named_with_its_line(root: Path) -> None:
    (root / "course.toml").write_bytes(TOP.encode() + b"# caf\xe9\n")
    with pytest.raises(CourseError, match=r"course\.toml:3: this is not UTF-8"):
        read(root)
    (root / "course.toml").unlink()
    (root / "course.toml").mkdir()
    with pytest.raises(CourseError, match=r"course\.toml can't be read: Is a directory"):
        read(root)


def test_a_module_that_is_in_two_chapters_is_named(root: Path) -> None:
    (root / "assignments" / "ch3").mkdir()
    (root / "assignments" / "ch3" / "test_mlp.py").write_text('"""3.1 M."""\n')
    said = wrong(root, TOP + MLP)
    assert "mlp can be assignments/ch2/test_mlp.py and assignments/ch3/test_mlp.py" in said


def test_points_for_an_exercise_that_has_none_are_refused(root: Path) -> None:
    path = root / "assignments" / "ch2" / "test_mlp.py"
    text = path.read_text().replace('{"is_defined": 1, "right_values": 3}', "{}", 1)
    path.write_text(text)
    assert "the checks of relu have no points" in wrong(root, TOP + MLP + "points.relu = 8")


def test_it_is_validated_without_running_the_checks(root: Path) -> None:
    for path in checks_in(root):
        path.write_text(path.read_text() + "\n1 / 0\n")
    write(root, TOP + MLP)
    require_known_names(root)
    assert read(root) is not None
    with pytest.raises(CourseError, match="ZeroDivisionError"):
        load(root)
