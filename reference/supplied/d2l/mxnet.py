"""The edition of the book's package for MXNet, of which this course has nothing."""

from . import not_pytorch

__all__: list[str] = []
__getattr__ = not_pytorch
