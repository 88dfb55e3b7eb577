"""Your groups mix the points of different labels.

Usually all labels wait in one and the same group. With a single curve that does no harm; with two, losses of
training and validation get mixed (3.2.1).

Fails: labels_do_not_mix
"""


class ProgressBoard:
    def __init__(self):
        self.raw_points = {}
        self.data = {}

    def draw(self, x, y, label, every_n=1):
        points = self.raw_points.setdefault('all', [])
        line = self.data.setdefault(label, [])
        points.append((x, y))
        if len(points) != every_n:
            return
        mean = lambda numbers: sum(numbers) / len(numbers)
        line.append((mean([p[0] for p in points]), mean([p[1] for p in points])))
        points.clear()
