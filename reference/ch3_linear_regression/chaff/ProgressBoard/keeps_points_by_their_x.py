"""Of points with the same x you keep only the last.

Usually they wait in a dictionary with x for a key. Several batches may well be drawn at one x, and each counts
in the mean (3.2.2).

Fails: right_values
"""

class ProgressBoard:
    def __init__(self):
        self.waiting = {}
        self.data = {}

    def draw(self, x, y, label, every_n=1):
        waiting = self.waiting.setdefault(label, [])
        waiting.append((x, y))
        if len(waiting) == every_n:
            points = dict(waiting)
            mean = lambda numbers: sum(numbers) / len(points)
            self.data.setdefault(label, []).append((mean(points), mean(points.values())))
            waiting.clear()
