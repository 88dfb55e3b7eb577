"""Your x is the middle between the first and the last x of a group, where their mean belongs.

With points at equal distances that is the same, and perhaps that is how you thought of them. Others may lie closer
together at one end: the mean counts each x of the group (3.2.1).

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
        xs, ys = zip(*points)
        line.append(((xs[0] + xs[-1]) / 2, sum(ys) / every_n))
        points.clear()
