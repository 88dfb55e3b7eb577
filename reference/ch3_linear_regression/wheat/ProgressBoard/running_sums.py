"""Running sums instead of waiting points, and points of a dataclass."""

import dataclasses


@dataclasses.dataclass
class Point:
    x: float
    y: float


class ProgressBoard:
    def __init__(self, xlabel=None, display=True):
        self.sums = {}
        self.data = {}

    def draw(self, x, y, label, every_n=1):
        count, of_x, of_y = self.sums.get(label, (0, 0.0, 0.0))
        count, of_x, of_y = count + 1, of_x + x, of_y + y
        if count == every_n:
            self.data.setdefault(label, []).append(Point(of_x / count, of_y / count))
            count, of_x, of_y = 0, 0.0, 0.0
        self.sums[label] = (count, of_x, of_y)
