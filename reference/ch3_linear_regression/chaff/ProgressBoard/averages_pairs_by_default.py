"""Your every_n is 2 unless somebody says otherwise.

Without it every point counts: the default is 1 (3.2.1).

Fails: by_default_every_point_is_kept
"""


class ProgressBoard:
    def __init__(self):
        self.raw_points = {}
        self.data = {}

    def draw(self, x, y, label, every_n=2):
        points = self.raw_points.setdefault(label, [])
        line = self.data.setdefault(label, [])
        points.append((x, y))
        if len(points) != every_n:
            return
        mean = lambda numbers: sum(numbers) / len(numbers)
        line.append((mean([p[0] for p in points]), mean([p[1] for p in points])))
        points.clear()
