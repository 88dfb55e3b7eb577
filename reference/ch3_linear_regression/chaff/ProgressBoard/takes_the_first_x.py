"""You average y, but take x from the first point of the group.

For example, x is noted when a group begins. The mean of y belongs to the middle of the group, the mean of x
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
        xs, ys = zip(*points)
        line.append((xs[0], sum(ys) / every_n))
        points.clear()
