"""What must be written from scratch: every correct answer passes, and no ready-made function does the work.

Each attack returns right values. Its check `from_scratch` fails, or it says that the watch was disturbed.
"""

from __future__ import annotations

import copy
import pickle
import sys
import textwrap
from typing import TYPE_CHECKING, Final

import numpy as np
import pytest
import torch
from torch.nn import functional

from grader.checks.from_scratch import ELEMENTARY, refused_by
from grader.execution import call_watch, observe
from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination
from grader.local.local_runner import LocalAsker, drive_names
from grader.records.decode import restore
from grader.records.protocol import Observation
from grader.records.sources import Cell, SourceFile
from tests.fixtures.shipped import COURSE, IMPLEMENTATIONS, exam

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.checks.case import Case
    from grader.checks.exercise import Exercise
    from grader.course.course import Section
    from grader.course.implementations import Implementation

EXAM = exam(shrinks=False)
FROM_SCRATCH: Final[dict[str, tuple[Section, Exercise]]] = {
    exercise.name: (section, exercise)
    for section, exercise in COURSE.exercises()
    if any(check.name == "from_scratch" for check in exercise.checks)
}
REFUSED: Final = {
    "SGD": ["optimizers"],
    "softmax": ["softmax", "autograd"],
    "cross_entropy": ["losses", "autograd"],
    "relu": ["relu", "autograd"],
    "sigmoid": ["sigmoid", "autograd"],
    "tanh": ["tanh", "autograd"],
    "backward_propagation": ["autograd"],
}
CORRECT = [
    one for one in IMPLEMENTATIONS if one.exercise.name in FROM_SCRATCH and one.kind in {"reference", "wheat"}
]
ACTIVATIONS_USED: Final = {
    "relu": {"threshold"},
    "sigmoid": {"softmax", "tanh"},
    "tanh": {"sigmoid"},
    "backward_propagation": {"relu"},
}
"""Ready-made functions in correct answers: those of other exercises."""

PENALIZED_LOSS: Final = """
def loss(x, y, W1, W2, lambd):
    error = W2 @ (W1 @ x).clamp(min=0) - y
    return ((error ** 2).sum() + lambd * ((W1 ** 2).sum() + (W2 ** 2).sum())) / 2

def leaves(*weights):
    return [one.detach().clone().requires_grad_() for one in weights]
"""
ATTACKS: Final[dict[str, str]] = {
    # softmax -----------------------------------------------------------------------------------
    "softmax by attention": """
        def softmax(X):
            one = torch.eye(X.shape[1], dtype=X.dtype)[None]
            return F.scaled_dot_product_attention(X[None], one, one, scale=1.0).squeeze(0)
        """,
    "softmax by several heads": """
        def softmax(X):
            k = X.shape[1]
            one = torch.eye(k, dtype=X.dtype)
            given = (X[:, None] * k ** 0.5, one[:, None], one[:, None])
            weights = one.repeat(3, 1)
            out, _ = F.multi_head_attention_forward(
                *given, k, 1, weights, None, None, None, False, 0.0, one, None, need_weights=False)
            return out[:, 0]
        """,
    "softmax by the losses of all classes": """
        def loss_of(X, label):
            return F.cross_entropy(X, torch.full((len(X),), label), reduction="none")

        def softmax(X):
            return (-torch.stack([loss_of(X, label) for label in range(X.shape[1])], 1)).exp()
        """,
    "softmax as the derivative of logsumexp": """
        def softmax(X):
            leaf = X.detach().requires_grad_()
            with torch.enable_grad():
                return torch.autograd.grad(leaf.logsumexp(1).sum(), leaf)[0]
        """,
    "softmax as a forward derivative": """
        def softmax(X):
            f = lambda x: torch.logsumexp(x, 0)
            return torch.stack([torch.func.jacfwd(f)(row) for row in X])
        """,
    "softmax by gumbel without noise": """
        def softmax(X):
            saved = torch.Tensor.exponential_
            torch.Tensor.exponential_ = lambda self, *_, **__: self.fill_(1)
            try:
                return F.gumbel_softmax(X, dim=1)
            finally:
                torch.Tensor.exponential_ = saved
        """,
    "softmax of a sparse matrix": """
        def softmax(X):
            indices = torch.ones_like(X).nonzero().T
            return torch.sparse.softmax(torch.sparse_coo_tensor(indices, X.flatten(), X.shape), 1).to_dense()
        """,
    "softmax under a mask": "softmax = lambda X: torch.masked.softmax(X, 1)",
    "softmax of minus softmin": "softmax = lambda X: F.softmin(-X, dim=1)",
    "softmax by adaptive logarithms": """
        def softmax(X):
            return F.log_softmax(X, 1).exp()
        """,
    "softmax in a thread": """
        import threading

        def softmax(X):
            out = []
            thread = threading.Thread(target=lambda: out.append(X.softmax(1)))
            thread.start()
            thread.join()
            return out[0]
        """,
    "softmax in a raw thread": """
        import _thread

        def softmax(X):
            out, done = [], _thread.allocate_lock()
            done.acquire()
            _thread.start_new_thread(lambda: (out.append(X.softmax(1)), done.release()), ())
            done.acquire()
            return out[0]
        """,
    "softmax in a callback": """
        def softmax(X):
            out = []
            torch.zeros(1, dtype=torch.float64).map_(
                torch.zeros(1, dtype=torch.float64), lambda a, _: (out.append(X.softmax(1)), a)[1])
            return out[0]
        """,
    "softmax in a conversion": """
        class Number:
            def __init__(self, X):
                self.X = X

            def __float__(self):
                self.out = self.X.softmax(1)
                return 0.0

        def softmax(X):
            number = Number(X)
            torch.zeros(1).fill_(float(number))
            return number.out
        """,
    "softmax without modes": """
        from torch.utils._python_dispatch import _disable_current_modes

        def softmax(X):
            with torch._C.DisableTorchFunction(), _disable_current_modes():
                return torch.softmax(X, 1)
        """,
    "softmax without modes and record": """
        from torch.utils._python_dispatch import _disable_current_modes

        def softmax(X):
            with _disable_current_modes():
                torch._C._autograd._enable_record_function(False)
                out = torch.softmax(X, 1)
                torch._C._autograd._enable_record_function(True)
            return out
        """,
    "softmax compiled by TorchScript": """
        compiled = torch.jit.CompilationUnit("def g(x):\\n    return torch.softmax(x, 1)\\n")
        softmax = lambda X: compiled.g(X)
        """,
    "softmax in inference mode": """
        @torch.inference_mode()
        def softmax(X):
            return torch.softmax(X, 1)
        """,
    "softmax behind an operation of its own": """
        class Attack:
            library = torch.library.Library("attack", "DEF")
            library.define("shift(Tensor x) -> Tensor")
            library.impl("shift", lambda x: torch.softmax(x, 1), "CPU")
        softmax = lambda X: torch.ops.attack.shift(X)
        """,
    "softmax with the watch's record replaced": """
        from grader.execution import call_watch
        call_watch._FunctionRecord._add = lambda self, name: None
        softmax = lambda X: X.softmax(1)
        """,
    "softmax with the watch's names replaced": """
        from grader.execution import observe
        observe._recorded = lambda calls: {}
        softmax = lambda X: X.softmax(1)
        """,
    # cross_entropy -----------------------------------------------------------------------------
    "cross_entropy by a distribution": """
        def cross_entropy(y_hat, y):
            return -torch.distributions.Categorical(probs=y_hat, validate_args=False).log_prob(y).mean()
        """,
    "cross_entropy by nll_loss in a callback": """
        def cross_entropy(y_hat, y):
            out, one = [], torch.zeros(1, dtype=torch.float64)
            one.apply_(lambda v: (out.append(F.nll_loss(y_hat.log(), y)), v)[1])
            return out[0]
        """,
    "cross_entropy by a layer": "cross_entropy = lambda y_hat, y: torch.nn.NLLLoss()(y_hat.log(), y)",
    "cross_entropy by a binary one": """
        def cross_entropy(y_hat, y):
            p = y_hat[torch.arange(len(y)), y]
            return F.binary_cross_entropy(p, torch.ones_like(p))
        """,
    "cross_entropy by kl_div": """
        def cross_entropy(y_hat, y):
            right = F.one_hot(y, y_hat.shape[1]).to(y_hat.dtype)
            return F.kl_div(y_hat.log(), right, reduction="batchmean")
        """,
    "cross_entropy of logarithms": "cross_entropy = lambda y_hat, y: F.cross_entropy(y_hat.log(), y)",
    # activations -------------------------------------------------------------------------------
    "relu by leaky_relu": "relu = lambda X: F.leaky_relu(X, 0.0)",
    "relu by prelu": "relu = lambda X: F.prelu(X, torch.zeros(1, dtype=X.dtype))",
    "relu by elu": "relu = lambda X: F.elu(X, alpha=0.0)",
    "relu by a margin": """
        def relu(X):
            return F.hinge_embedding_loss(-X, -torch.ones_like(X), margin=0.0, reduction="none")
        """,
    "relu by a recurrent cell": """
        def relu(X):
            one = torch.ones(1, 1, dtype=X.dtype)
            column = X.reshape(-1, 1)
            return torch.rnn_relu_cell(column, torch.zeros_like(column), one, one).reshape(X.shape)
        """,
    "sigmoid for lists": "sigmoid = lambda X: torch._foreach_sigmoid([X])[0]",
    "sigmoid by a gated unit": """
        def sigmoid(X):
            return F.glu(torch.stack([torch.ones_like(X), X]), 0)[0]
        """,
    "sigmoid by its logarithm": "sigmoid = lambda X: F.logsigmoid(X).exp()",
    "sigmoid by a loss": """
        def sigmoid(X):
            return (-F.binary_cross_entropy_with_logits(X, torch.ones_like(X), reduction="none")).exp()
        """,
    "tanh for lists": "tanh = lambda X: torch._foreach_tanh([X])[0]",
    "tanh by what it takes off": "tanh = lambda X: X - F.tanhshrink(X)",
    "tanh by a recurrent cell": """
        def tanh(X):
            one = torch.ones(1, 1, dtype=X.dtype)
            column = X.reshape(-1, 1)
            return torch.rnn_tanh_cell(column, torch.zeros_like(column), one, one).reshape(X.shape)
        """,
    # backward_propagation and SGD --------------------------------------------------------------
    "backward_propagation by the engine": """
        from torch.autograd import Variable

        def backward_propagation(x, y, W1, W2, lambd):
            a, b = leaves(W1, W2)
            run = Variable._execution_engine.run_backward
            run((loss(x, y, a, b, lambd),), (torch.ones((), dtype=x.dtype),), False, False, (),
                allow_unreachable=True, accumulate_grad=True)
            return a.grad, b.grad
        """,
    "backward_propagation in a callback": """
        import sys

        def backward_propagation(x, y, W1, W2, lambd):
            a, b = leaves(W1, W2)
            sys.setprofile(None)
            torch.zeros(1, dtype=torch.float64).apply_(lambda v: (loss(x, y, a, b, lambd).backward(), v)[1])
            return a.grad, b.grad
        """,
    "backward_propagation in a thread": """
        import threading

        def backward_propagation(x, y, W1, W2, lambd):
            a, b = leaves(W1, W2)
            thread = threading.Thread(target=lambda: loss(x, y, a, b, lambd).backward())
            thread.start()
            thread.join()
            return a.grad, b.grad
        """,
    "backward_propagation by columns": """
        def backward_propagation(x, y, W1, W2, lambd):
            f = lambda a, b: loss(x, y, a, b, lambd)
            one, two = torch.func.jacfwd(f, (0, 1))(W1, W2)
            return one.to(x.dtype), two.to(x.dtype)
        """,
    "backward_propagation by dual numbers": """
        def backward_propagation(x, y, W1, W2, lambd):
            found = []
            with torch.autograd.forward_ad.dual_level():
                for which, W in enumerate((W1, W2)):
                    slope = torch.zeros_like(W)
                    for j in range(W.numel()):
                        direction = torch.zeros_like(W)
                        direction.view(-1)[j] = 1
                        weights = [W1, W2]
                        weights[which] = torch._VF._make_dual(W, direction, level=0)
                        slope.view(-1)[j] = torch._VF._unpack_dual(loss(x, y, *weights, lambd), level=0)[1]
                    found.append(slope)
            return tuple(found)
        """,
    "SGD without a profile": """
        import sys
        import torch.optim as ready_made

        class SGD:
            def __init__(self, params, lr):
                self.given = list(params), lr

            def step(self):
                sys.setprofile(None)
                ready_made.SGD(*self.given).step()

            def zero_grad(self):
                ready_made.SGD(*self.given).zero_grad()
        """,
    "SGD loaded under another name": """
        import importlib.util
        import sys
        import torch.optim.optimizer as base
        import torch.optim.sgd as original

        def copy(name, file):
            spec = importlib.util.spec_from_file_location(name, file)
            module = importlib.util.module_from_spec(spec)
            module.__package__ = "torch.optim"
            sys.modules[name] = module
            spec.loader.exec_module(module)
            return module

        class Attack:
            own_base, own = copy("my_base", base.__file__), copy("my_sgd", original.__file__)
            own.SGD.__bases__ = (own_base.Optimizer,)
            own._use_grad_for_differentiable = own_base._use_grad_for_differentiable

        def SGD(params, lr):
            return Attack.own.SGD(params, lr)
        """,
    "SGD by a fused kernel": """
        class SGD:
            def __init__(self, params, lr):
                self.params, self.lr = list(params), lr

            def step(self):
                options = dict(weight_decay=0, momentum=0, lr=self.lr, dampening=0, nesterov=False,
                               maximize=False, is_first_step=True)
                with torch.no_grad():
                    torch._fused_sgd_(self.params, [p.grad for p in self.params], [], **options)

            def zero_grad(self):
                for p in self.params:
                    p.grad = None
        """,
}
"""Answers in which a ready-made function does the work, by the exercise and the way."""
FORGED: Final = {
    "softmax with the watch's names replaced": ("nothing",),
    "softmax in a raw thread": ("thread",),
    "softmax without modes and record": ("record",),
}
"""Attacks that a watch in the same process doesn't refuse; why their check carries a remark."""


@pytest.fixture(autouse=True)
def _restored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Restore what attacks replace, and take the threads that there are now for the test's own."""
    call_watch.remember()
    monkeypatch.setattr(observe, "_recorded", observe._recorded)
    monkeypatch.setattr(call_watch._FunctionRecord, "_add", call_watch._FunctionRecord._add)
    modules = set(sys.modules)
    yield
    for name in {"my_base", "my_sgd"} & (set(sys.modules) - modules):
        del sys.modules[name]


def program(source: str) -> tuple[SourceFile, ...]:
    """Return an attack as a file."""
    head = f"import torch\nimport torch.nn.functional as F\n{PENALIZED_LOSS}"
    return (SourceFile("answer.py", None, (Cell(None, head + textwrap.dedent(source)),)),)


def first_observation(name: str, source: str) -> tuple[Case, Observation]:
    """Return the first input of an exercise, and what was observed of an attack on it."""
    section, exercise = FROM_SCRATCH[name]
    wanted = {one.name: one.spellings for one in section.exercises}
    answers = Answers(program(source), wanted, drive_names(section))
    case = EXAM.cases(exercise.question)[0]
    ((seen, error),) = answers.ask(name, 0, [case.ask(exercise.question)], 60.0)
    assert error is None, repr(error)
    return case, seen


def test_the_exercises_refuse_what_does_their_work() -> None:
    assert set(FROM_SCRATCH) == set(REFUSED)
    for name, (_section, exercise) in FROM_SCRATCH.items():
        check = next(check for check in exercise.checks if check.name == "from_scratch")
        assert check.evidence == "observed"
        for family in REFUSED[name]:
            assert family in check.statement


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_ready_made_function_does_not_pass_for_an_answer(attack: str) -> None:
    name = attack.partition(" ")[0]
    source = ATTACKS[attack]
    case, seen = first_observation(name, source)
    _section, exercise = FROM_SCRATCH[name]
    by_name = {check.name: check for check in exercise.checks}
    by_name["right_values"].judge(case, seen, restore(seen.result))
    used = refused_by(REFUSED[name], seen)
    said = seen.disturbances or (() if seen.called else ("nothing",))
    if attack in FORGED:
        assert (used, said) == ([], FORGED[attack])
    else:
        assert used


@pytest.mark.parametrize("implementation", CORRECT, ids=lambda one: f"{one.exercise.name}/{one.name}")
def test_correct_answers_use_elementary_operations(implementation: Implementation) -> None:
    section, exercise = implementation.section, implementation.exercise
    wanted = {one.name: one.spellings for one in section.exercises}
    answers = Answers(implementation.files(COURSE), wanted, drive_names(section))
    examination = Examination(exercise, EXAM, LocalAsker(answers, exercise, seconds=exercise.seconds))
    verdict = examination.verdict("from_scratch")
    assert (verdict.status, verdict.message, verdict.evidence, verdict.remark) == (
        "passed",
        "",
        "observed",
        "",
    )
    seen = [case.observation for case in examination.seen[exercise.question].cases]
    used = {operation for one in seen for operation in one.operations}
    assert used
    assert used - ELEMENTARY <= ACTIVATIONS_USED.get(exercise.name, set())


def test_a_disturbed_watch_is_said_to_the_instructor() -> None:
    source = """
        import sys

        def relu(X):
            sys.setprofile(None)
            return X.clamp(min=0)
        """
    section, exercise = FROM_SCRATCH["relu"]
    wanted = {one.name: one.spellings for one in section.exercises}
    answers = Answers(program(source), wanted, drive_names(section))
    verdict = Examination(exercise, EXAM, LocalAsker(answers, exercise, seconds=60)).verdict("from_scratch")
    assert (verdict.status, verdict.points) == ("passed", verdict.max_points)
    assert verdict.remark.endswith("seen: Python's profile function was replaced")
    assert "profile" not in verdict.message + verdict.hint


def test_logsumexp_and_its_running_form_are_elementary() -> None:
    source = "softmax = lambda X: (X - X.logcumsumexp(1)[:, -1:]).exp()"
    _case, seen = first_observation("softmax", source)
    assert torch.allclose(restore(seen.result).sum(1), torch.ones(2))
    assert refused_by(REFUSED["softmax"], seen) == []


def with_own_backward(x: torch.Tensor) -> torch.Tensor:
    """Apply a function whose derivative is written out."""

    class Own(torch.autograd.Function):
        @staticmethod
        def forward(_context: object, x: torch.Tensor) -> torch.Tensor:
            return x.clamp(min=0)

        @staticmethod
        def backward(_context: object, gradient: torch.Tensor) -> torch.Tensor:
            return gradient

    result: torch.Tensor = Own.apply(x.clone().requires_grad_())  # type: ignore[no-untyped-call]
    return result


def assigned(x: torch.Tensor) -> torch.Tensor:
    """Write elements, rows and masked elements."""
    result = torch.zeros_like(x)
    result[0, 1], result[1], result[x < 0] = 1.0, x[0], 0.5
    return result.scatter_(1, torch.tensor([[0], [1]]), 1.0).index_add_(0, torch.tensor([0]), x[:1])


HONEST: Final[dict[str, Callable[[torch.Tensor], object]]] = {
    "prints": lambda x: f"{x} {x.clone().requires_grad_() * 2!r} {x[0, 0]:.3f} {x.dtype} {x.shape}",
    "copies": lambda x: (copy.deepcopy(x), pickle.loads(pickle.dumps(x)), x.detach().clone()),  # noqa: S301
    "numpy": lambda x: (torch.from_numpy(np.exp(x.numpy())), torch.tensor(x.tolist()), x.sum().item()),
    "asserts": lambda x: (bool(x.isfinite().all()), torch.allclose(x, x), torch.equal(x, x), x.isnan().any()),
    "gradients": with_own_backward,
    "modules": lambda x: (torch.nn.Linear(3, 2)(x), torch.nn.Parameter(x.clone()), torch.nn.Flatten()(x)),
    "products": lambda x: (torch.einsum("ij,kj->ik", x, x), torch.outer(x[0], x[1]), torch.kron(x, x)),
    "vmap": torch.vmap(lambda row: row.exp() / row.exp().sum()),
    "reductions": lambda x: (x.std(), x.norm(), x.cumsum(1), x.topk(2), x.quantile(0.5), x.logsumexp(1)),
    "linear algebra": lambda x: (torch.linalg.norm(x), torch.trace(x @ x.T), torch.matrix_exp(x @ x.T)),
    "shapes": lambda x: (x.T, x.roll(1), x.repeat(2, 1), x[:, None], x.chunk(2), torch.hstack([x, x])),
    "choices": lambda x: (x.maximum(-x), x.clip(0), torch.where(x > 0, x, 0), x.heaviside(x[0, 0])),
    "indices": lambda x: (x[x > 0], x[[0, 1], [0, 1]], x.gather(1, torch.tensor([[0], [1]])), x.argsort()),
    "assignments": assigned,
    "random numbers": lambda x: (torch.randn(2), torch.rand_like(x), torch.randperm(3), x.bernoulli(0.5)),
    "lists of tensors": lambda x: torch._foreach_add([x], [x], alpha=-0.1),
    "dtypes": lambda x: x.half().float().double().bool().int(),
    "complex numbers": lambda x: torch.exp(1j * x).real,
    "inference": torch.inference_mode()(lambda x: (x.exp() @ x.T).sum(1, keepdim=True)),
    "norms": lambda x: functional.normalize(x.exp(), p=1, dim=1),
    "convolutions": lambda x: functional.conv1d(x[None], torch.ones(1, 2, 1)),
}


@pytest.mark.parametrize("way", HONEST)
def test_what_honest_answers_do_besides_is_never_refused(way: str) -> None:
    calls = call_watch.Calls()
    with call_watch.watching(calls):
        HONEST[way](torch.tensor([[1.0, 2.0, -3.0], [0.0, 1.0, 2.0]]))
    seen = Observation(called=tuple(calls.called), operations=tuple(calls.operations))
    for refused in REFUSED.values():
        assert refused_by(refused, seen) == []
    assert calls.disturbances == set()
