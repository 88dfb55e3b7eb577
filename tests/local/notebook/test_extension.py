"""`%check` in a real kernel: its output, and that it leaves the kernel unchanged."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import SimpleNamespace

ROOT = Path(__file__).parents[3]
WRONG = "def double(X):\n    return X + 1"
RIGHT = "def double(X):\n    return X + X"


def test_an_undefined_exercise_is_reported_once_with_what_to_do(kernel: SimpleNamespace) -> None:
    shown = kernel.run("%check quadruple")
    assert shown.text.split("\n\n") == [
        "✗ quadruple  0 of 2  not defined",
        (
            "quadruple\nquadruple is not defined in this notebook.\n"
            "Run the cell that defines it, then %check quadruple again."
        ),
    ]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("double", "def double(X):\n    '''Double it.'''\n    raise NotImplementedError"),
        (
            "Box",
            (
                "class Box:\n    def __init__(self, n):\n        raise NotImplementedError\n"
                "    def size(self):\n        ..."
            ),
        ),
        ("Box", "class Box:\n    pass"),
    ],
)
def test_a_stub_is_to_do(kernel: SimpleNamespace, name: str, source: str) -> None:
    kernel.run(source)
    shown = kernel.run(f"%check {name}")
    assert shown.text.startswith(f"○ {name}  0 of ")
    assert f"{name} is still to do\nWrite it in its cell" in shown.text


def test_a_wrong_answer_gets_the_message_of_the_terminal(kernel: SimpleNamespace, course: Path) -> None:
    kernel.run(WRONG)
    shown = kernel.run("%check double")
    (course / "assignments" / "ch1" / "adding.py").write_text(WRONG, encoding="utf-8")
    terminal = subprocess.run(
        [sys.executable, "-m", "pytest", "assignments", "--only", "double", "-p", "no:cacheprovider"],
        cwd=course, check=False, capture_output=True, text=True, encoding="utf-8",
        env={**__import__("os").environ, "COLUMNS": "80"},
    ).stdout  # fmt: skip
    first = terminal.partition("double: right_values ")[2].partition("\n")[2].partition("book:")[0]
    assert "try:" in first
    assert "hint:     What is X + X?" in first
    assert f"double: right_values\n{first}" in shown.text


def test_on_the_page_the_first_element_that_differs_is_marked(kernel: SimpleNamespace) -> None:
    kernel.run(WRONG)
    shown = kernel.run("%check double")
    assert "<mark>1.</mark>" in shown.html
    assert "<mark>0.</mark>" in shown.html
    assert "What is X + X?" in shown.html


def test_a_right_answer_is_a_green_line_with_points(kernel: SimpleNamespace) -> None:
    kernel.run(RIGHT)
    shown = kernel.run("%check double")
    assert shown.text == "✓ double  4 of 4"
    assert '<span class="right">✓ <b>double</b></span>&ensp;4 of 4' in shown.html


def test_helpers_come_from_the_notebook_and_the_last_definition_counts(kernel: SimpleNamespace) -> None:
    kernel.run(WRONG)
    kernel.run("two = 2\ndef double(X):\n    return helped(X)")
    kernel.run("def helped(X):\n    return two * X")
    assert kernel.run("%check double").text == "✓ double  4 of 4"


def test_a_wrong_answer_that_is_called_costs_points_once_and_stays(kernel: SimpleNamespace) -> None:
    kernel.run(f"{WRONG}\ndef quadruple(X):\n    return double(double(X))")
    assert kernel.run("%check quadruple").text == "✓ quadruple  2 of 2"
    assert kernel.run("print(double(1.5))").rest == "2.5\n"


def test_an_exception_shows_the_cell_and_is_escaped_on_the_page(kernel: SimpleNamespace) -> None:
    kernel.run("def double(X):\n    X = -X\n    raise ValueError('<script>alert(1)</script>')")
    number = len(kernel.client.nb.cells)
    shown = kernel.run("%check double")
    assert f"cell [{number}], line 3, in double\n    raise ValueError(" in shown.text
    assert "ValueError: <script>alert(1)</script>" in shown.text
    assert "ValueError: &lt;script&gt;alert(1)&lt;/script&gt;" in shown.html
    assert "<script" not in shown.html


def test_output_is_shortened_and_escaped(kernel: SimpleNamespace) -> None:
    kernel.run(
        "from IPython.display import display\ndef double(X):\n    print('<b>\\n' * 9); display('loud')"
    )
    shown = kernel.run("%check double")
    assert "Output of double:\n<b>\n" in shown.text
    assert "more lines; call it yourself to see them all" in shown.text
    assert "&lt;b&gt;" in shown.html
    assert "<b>\n" not in shown.html
    assert "loud" not in shown.text


def test_a_loop_without_end_is_stopped_with_its_line(kernel: SimpleNamespace) -> None:
    kernel.run("def double(X):\n    while True:\n        print('on and on')")
    shown = kernel.run("%check double")
    assert "stopped after 1.5 s, which is all the time this exercise has" in shown.text
    assert ", in double" in shown.text
    assert kernel.run("print(6 * 7)").rest == "42\n"


def test_an_interrupt_stops_the_checks_and_nothing_else(kernel: SimpleNamespace) -> None:
    kernel.run("import time\nflag = 1\ndef double(X):\n    global flag\n    flag = 2\n    time.sleep(60)")
    shown = kernel.run("%check double", interrupt_after=0.7)
    assert shown.rest == "Interrupted: the checks were stopped, and nothing was changed."
    assert kernel.run("print(flag)").rest == "1\n"
    kernel.run(RIGHT)
    assert kernel.run("%check double").text == "✓ double  4 of 4"


def test_the_kernel_is_left_as_it_was(kernel: SimpleNamespace) -> None:
    kernel.run(
        "import random, sys, numpy, torch, matplotlib.pyplot as plt\n"
        "torch.set_default_dtype(torch.float64); torch.set_grad_enabled(False); calls = 0\n"
        "def double(X):\n"
        "    global calls, fresh\n"
        "    calls += 1; fresh = random.random() + numpy.random.rand() + torch.rand(()); plt.figure()\n"
        "    breakpoint()\n"
        "    return X + X"
    )
    kernel.run(
        "def state():\n"
        "    return repr((random.getstate(), numpy.random.get_state()[1].tolist(),\n"
        "        torch.get_rng_state().tolist(), torch.get_default_dtype(), torch.is_grad_enabled(),\n"
        "        plt.get_fignums(), plt.get_backend(), calls, 'fresh' in globals(), sys.stdout, sys.stderr,\n"
        "        sys.breakpointhook, sorted(name for name in globals() if not name.startswith('_'))))\n"
        "modules = dict(sys.modules)\nbefore = None\nbefore = state()"
    )
    shown = kernel.run("%check double")
    assert shown.text.startswith("✓ double  4 of 4")
    assert kernel.run("print(before == state(), before.count('float64'))").rest == "True 1\n"
    left = "print([name for name in modules if sys.modules.get(name) is not modules[name]])"
    assert kernel.run(left).rest == "[]\n"
    kernel.run("torch.set_default_dtype(torch.float32); torch.set_grad_enabled(True)")


def test_without_a_name_all_defined_exercises_are_checked(kernel: SimpleNamespace) -> None:
    kernel.run(f"{RIGHT}\ndef quadruple(X):\n    raise NotImplementedError\nBox = None")
    shown = kernel.run("%check")
    assert shown.text.splitlines() == [
        "1.1 Adding  4 of 6",
        "  ✓ double  4 of 4",
        "  ○ quadruple  0 of 2  to do",
        "4 of 6 points, 1 of 2 exercises solved",
        "Next: write quadruple, then %check quadruple",
    ]
    assert "4 of 6 points, 1 of 2 exercises solved" in shown.html
    assert "Next: write quadruple, then %check quadruple" in shown.html


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("%check Doubel", "There is no exercise Doubel. Did you mean double?"),
        ("%check nonsense", "There is no exercise nonsense. There are: double, quadruple, Box."),
        ("%check double --device TPU", "argument --device: 'TPU' names no device. Use cpu, cuda"),
        ("%check double --device tpu", "--device tpu: there is no tpu device here that torch"),
        ("%check double 'oh", "No closing quotation. See %check?"),
        (
            "%check double --course elsewhere",
            "There is no folder elsewhere. Name the folder that contains assignments/",
        ),
        ("%check --course reference", "has no checks assignments/<chapter>/test_<section>.py"),
    ],
)
def test_wrong_usage_is_one_line_that_says_what_to_do(
    kernel: SimpleNamespace, line: str, message: str
) -> None:
    shown = kernel.run(line)
    assert shown.rest.startswith("UsageError: ")
    assert message in shown.rest
    assert "Traceback" not in shown.rest


def test_several_names_are_given_with_spaces_or_commas(kernel: SimpleNamespace) -> None:
    kernel.run(f"{RIGHT}\ndef quadruple(X):\n    return 4 * X")
    for names in ("double quadruple", "double,quadruple", "quadruple, double"):
        assert "6 of 6 points, 2 of 2 exercises solved" in kernel.run(f"%check {names}").text


def test_names_are_completed(kernel: SimpleNamespace) -> None:
    shown = kernel.run("print(get_ipython().complete('quad', '%check quad', 11)[1])")
    assert shown.rest == "['quadruple']\n"


def test_names_of_d2l_are_not_answers(kernel: SimpleNamespace) -> None:
    kernel.run("import types\nd2l = types.ModuleType('d2l.torch')")
    kernel.run(
        "exec('class Box:\\n    def __init__(self, n): pass', d2l.__dict__)\nd2l.Box.__module__ = 'd2l.torch'"
    )
    kernel.run("class Box(d2l.Box):\n    def size(self):\n        return 1")
    assert "Box comes from d2l: write it yourself." in kernel.run("%check Box").text


def test_torchvision_can_be_imported_beside_any_build_of_torch(kernel: SimpleNamespace) -> None:
    assert kernel.run("import torchvision; print(torchvision.__name__)").rest == "torchvision\n"


def test_importing_the_package_imports_nothing_heavy() -> None:
    program = "import grader, sys; print([m for m in ('torch', 'IPython', 'jinja2') if m in sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert ran.stdout == "[]\n"


def test_a_picture_is_shown_below_the_message(kernel: SimpleNamespace) -> None:
    kernel.run("def quadruple(X):\n    return 2 * X")
    shown = kernel.run("%check quadruple")
    (address,) = re.findall(
        r'<img alt="result of quadruple beside the expected result" src="([^"]+)">', shown.html
    )
    kind, _, data = address.partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(data).startswith(b"\x89PNG")
    kernel.run("def quadruple(X):\n    raise NotImplementedError")
    assert "<img" not in kernel.run("%check quadruple").html
