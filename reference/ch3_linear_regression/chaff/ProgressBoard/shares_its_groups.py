"""A group that one of your boards has left unfinished goes on with the points of another board.

Usually the points that wait are kept on the class, for all boards together. Make their dictionary in the
constructor (3.2.1).

Fails: right_values
"""


class ProgressBoard:
    raw_points = {}

    def __init__(self):
        self.data = {}

    def draw(self, x, y, label, every_n=1):
        points = self.raw_points.setdefault(label, [])
        line = self.data.setdefault(label, [])
        points.append((x, y))
        if len(points) != every_n:
            return
        mean = lambda numbers: sum(numbers) / len(numbers)
        line.append((mean([p[0] for p in points]), mean([p[1] for p in points])))
        points.clear()
