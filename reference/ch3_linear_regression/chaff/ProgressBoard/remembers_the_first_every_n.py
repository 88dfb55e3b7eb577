"""Your labels all have groups of the size that the first call has asked for.

Perhaps it is kept with the board. Training and validation curves have groups of different sizes: each call says
its own (3.2.1).

Fails: labels_do_not_mix
"""


class ProgressBoard:
    def __init__(self):
        self.raw_points = {}
        self.data = {}

    def draw(self, x, y, label, every_n=1):
        every_n = self.raw_points.setdefault(None, every_n)
        points = self.raw_points.setdefault(label, [])
        line = self.data.setdefault(label, [])
        points.append((x, y))
        if len(points) != every_n:
            return
        mean = lambda numbers: sum(numbers) / len(numbers)
        line.append((mean([p[0] for p in points]), mean([p[1] for p in points])))
        points.clear()
