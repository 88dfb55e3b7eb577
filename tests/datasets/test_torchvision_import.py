"""torchvision imports beside any build of torch."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from grader.datasets.torchvision_import import import_torchvision


def test_torchvision_imports_and_its_data_sets_and_transforms_work() -> None:
    script = """if True:
        from grader.datasets.torchvision_import import import_torchvision
        vision = import_torchvision()
        assert import_torchvision() is vision
        import torch, torchvision
        from torchvision.transforms import Compose, Resize, ToTensor
        assert torchvision is vision
        image = vision.datasets.FakeData(size=1, image_size=(3, 8, 8))[0][0]
        print(tuple(Compose([Resize((4, 6)), ToTensor()])(image).shape))
    """
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout, done.returncode) == ("(3, 4, 6)\n", 0), done.stderr


def test_another_failure_to_import_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise RuntimeError(f"{name} was compiled for another CUDA")

    monkeypatch.setattr(importlib, "import_module", fail)
    with pytest.raises(RuntimeError, match="torchvision was compiled for another CUDA"):
        import_torchvision()
