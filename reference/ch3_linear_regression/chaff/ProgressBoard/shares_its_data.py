"""Two of your boards draw into the same curves.

Usually what they keep belongs to the class, so that the points of several models may get into one curve. Make it in
the constructor (3.2.1).

Fails: boards_do_not_mix
"""


class ProgressBoard:
    raw_points = {}
    data = {}

    def __init__(self):
        self.data.clear()
        self.raw_points.clear()

    def draw(self, x, y, label, every_n=1):
        points = self.raw_points.setdefault(label, [])
        line = self.data.setdefault(label, [])
        points.append((x, y))
        if len(points) != every_n:
            return
        mean = lambda numbers: sum(numbers) / len(numbers)
        line.append((mean([p[0] for p in points]), mean([p[1] for p in points])))
        points.clear()
