"""Your curves belong to the class, and all boards write into the same ones; points that wait are each board's own.

Written in the body of the class, the dictionary is made once, not for each object (3.2.1).

Same as: shares_its_data

Fails: right_values
"""

class ProgressBoard:
    data = {}

    def __init__(self):
        self.raw_points = {}

    def draw(self, x, y, label, every_n=1):
        points = self.raw_points.setdefault(label, [])
        points.append((x, y))
        if len(points) == every_n:
            xs, ys = zip(*points)
            self.data.setdefault(label, []).append((sum(xs) / every_n, sum(ys) / every_n))
            points.clear()
