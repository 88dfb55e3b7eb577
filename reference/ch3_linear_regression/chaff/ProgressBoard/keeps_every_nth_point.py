"""You keep the last point of every group and drop the others.

The curve has the right number of points, but is as rugged as before. Averaging is what makes it smooth
(3.2.1).

Fails: right_values
"""


class ProgressBoard:
    def __init__(self):
        self.raw_points = {}
        self.data = {}

    def draw(self, x, y, label, every_n=1):
        points = self.raw_points.setdefault(label, [])
        line = self.data.setdefault(label, [])
        points.append((x, y))
        if len(points) != every_n:
            return
        mean = lambda numbers: sum(numbers) / len(numbers)
        line.append(points[-1])
        points.clear()
