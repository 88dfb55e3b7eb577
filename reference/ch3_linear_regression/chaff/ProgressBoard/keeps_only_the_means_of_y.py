"""Your curve is a list of y.

To be plotted, a point needs its x, too: the mean of the x of its group (3.2.1).

Fails: right_type
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
        line.append(mean([p[1] for p in points]))
        points.clear()
