"""JUnit's XML: a suite for each submission, a case for each check, points as properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from junitparser import Error, Failure, JUnitXml, Properties, Property, Skipped
from junitparser.xunit2 import TestCase, TestSuite

from grader.reporting.formats.plain_text import message_of
from grader.reporting.report import write_whole

if TYPE_CHECKING:
    from grader.records.verdict import ExerciseResult, Verdict
    from grader.reporting.formats import Results
    from grader.reporting.report import Report

FILE: Final = "junit.xml"
SKIPPED: Final = frozenset({"blocked", "skipped"})


def write(results: Results) -> None:
    """Write `junit.xml` into the output folder. Raises `OSError`."""
    document = JUnitXml("gradbook")
    for report in results.reports:
        document.add_testsuite(_suite(report))
    write_whole(results.out / FILE, document.tostring() + b"\n")


def _suite(report: Report) -> TestSuite:
    suite = TestSuite(report.submission)
    if report.provisional:
        suite.add_property("provisional", "True")
    for name in ("status", "points", "max_points", "bonus"):
        value = getattr(report, name)
        if value is not None:
            suite.add_property(name, str(value))
    for result in report.exercises:
        for check in result.checks:
            suite.add_testcase(_case(result, check))
    if report.status == "not_graded":
        case = TestCase("graded", report.submission, 0.0)
        case.result = [_outcome(Error, "not_graded", report.message)]
        suite.add_testcase(case)
    return suite


def _case(result: ExerciseResult, check: Verdict) -> TestCase:
    case = TestCase(check.name, f"{result.module}.{result.name}", check.seconds)
    properties = Properties()
    for name in ("points", "max_points", "bonus"):
        properties.add_property(Property(name, str(getattr(check, name))))
    case.append(properties)
    if check.status in SKIPPED:
        case.result = [Skipped(check.message)]
    elif check.status != "passed":
        kind = Skipped if check.bonus else Failure if check.status == "failed" else Error
        case.result = [_outcome(kind, check.status, message_of(check))]
    return case


def _outcome(kind: type[Error | Failure | Skipped], status: str, text: str) -> Error | Failure | Skipped:
    outcome = kind(text.partition("\n")[0], status)
    outcome.text = text
    return outcome
