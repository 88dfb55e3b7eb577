"""Your curve ends after its first point.

Often the group isn't emptied once it has been drawn: it grows on, and its length is never every_n again. A new
group begins after each point (3.2.1).

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
        line.append((mean([p[0] for p in points]), mean([p[1] for p in points])))
