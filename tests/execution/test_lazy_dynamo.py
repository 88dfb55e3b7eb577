"""Dynamo is imported when something compiles, and never for an optimizer."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

USE = """
import json, os, sys, traceback
import torch

def in_a_child(source):
    ours, theirs = os.pipe()
    if os.fork() == 0:
        names = {"sys": sys, "torch": torch}
        try:
            exec(source, names)
            error = ""
        except BaseException as raised:
            error = f"{type(raised).__name__}: {raised}"
        found = {
            "error": error,
            "imported": "torch._dynamo.utils" in sys.modules,
            "kind": type(torch._dynamo).__name__,
            "same": sys.modules["torch._dynamo"] is torch._dynamo,
        }
        os.write(theirs, json.dumps(found).encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as reply:
        return json.loads(reply.read())

print(json.dumps({name: in_a_child(source) for name, source in json.loads(sys.stdin.read()).items()}))
"""

PUT_OFF = """
from grader.execution.lazy_dynamo import put_off_dynamo
put_off_dynamo()
put_off_dynamo()
"""

OPTIMIZERS = """
w = torch.ones(2, requires_grad=True)
for kind in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW, torch.optim.Adagrad, torch.optim.RMSprop):
    optimizer = kind([w], lr=0.1)
    before = w.detach().clone()
    optimizer.zero_grad()
    (w**2).sum().backward()
    optimizer.step()
    assert torch.all(w != before)
    optimizer.load_state_dict(optimizer.state_dict())
"""

COMPILED = """
graphs = []

def backend(graph, inputs):
    graphs.append(graph)
    return graph.forward

assert torch.compile(lambda x: x + 1, backend=backend)(torch.ones(2)).sum() == 4
assert len(graphs) == 1
"""

CASES = {
    "optimizers": PUT_OFF + OPTIMIZERS,
    "a bare import": PUT_OFF + "import torch._dynamo",
    "decorators": PUT_OFF
    + """
@torch.compiler.disable
def once(x):
    return x + 1

@torch.compiler.disable(recursive=False)
def twice(x):
    return x + 2

assert (once(1), twice(1)) == (2, 3)
""",
    "compiled": PUT_OFF + OPTIMIZERS + COMPILED + OPTIMIZERS,
    "a module of it": PUT_OFF
    + """
from torch._dynamo.utils import counters
import torch._dynamo.utils as utils
assert utils is torch._dynamo.utils is sys.modules["torch._dynamo.utils"]
assert utils.counters is counters
assert utils.__spec__.origin.endswith("utils.py")
""",
    "a module of it that it doesn't import": PUT_OFF + "import torch._dynamo.polyfills.itertools",
    "a name of it": PUT_OFF + "from torch._dynamo import optimize",
    "no module of it": PUT_OFF + "import torch._dynamo.no_such_module",
    "not put off": OPTIMIZERS,
    "imported before": "import torch._dynamo\nreal = torch._dynamo"
    + PUT_OFF
    + "assert torch._dynamo is real",
}


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, Any]]:
    """What each case found, in a child of a process that has imported torch."""
    done = subprocess.run(
        [sys.executable, "-c", USE], input=json.dumps(CASES), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.mark.parametrize("case", ["optimizers", "a bare import", "decorators"])
def test_what_compiles_nothing_imports_nothing(found: dict[str, dict[str, Any]], case: str) -> None:
    assert found[case] == {"error": "", "imported": False, "kind": "_StandIn", "same": True}


@pytest.mark.parametrize(
    "case", ["compiled", "a module of it", "a module of it that it doesn't import", "a name of it"]
)
def test_the_real_one_is_there_when_it_is_wanted(found: dict[str, dict[str, Any]], case: str) -> None:
    assert found[case] == {"error": "", "imported": True, "kind": "module", "same": True}


def test_without_it_an_optimizer_imports_the_compiler(found: dict[str, dict[str, Any]]) -> None:
    """Else there would be nothing to put off."""
    assert found["not put off"] == {"error": "", "imported": True, "kind": "module", "same": True}


def test_what_has_been_imported_stays(found: dict[str, dict[str, Any]]) -> None:
    assert found["imported before"] == {"error": "", "imported": True, "kind": "module", "same": True}


def test_a_module_that_it_has_not_is_an_error_as_ever(found: dict[str, dict[str, Any]]) -> None:
    error = found["no module of it"]["error"]
    assert error == "ModuleNotFoundError: No module named 'torch._dynamo.no_such_module'"
