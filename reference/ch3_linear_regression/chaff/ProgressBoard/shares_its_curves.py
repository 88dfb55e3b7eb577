"""Your boards go on with the curves of earlier ones, but not with their points that wait.

Written in the body of the class, for example, the dictionary of curves is made once, not for each object. Make
it in the constructor (3.2.1).

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
