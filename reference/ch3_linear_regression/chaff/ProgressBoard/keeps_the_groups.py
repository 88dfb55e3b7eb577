"""A point of your curve holds all x and all y of its group.

What is to be plotted is one number each: their means (3.2.1).

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
        line.append(([p[0] for p in points], [p[1] for p in points]))
        points.clear()
