"""Your draw has its arguments in another order.

It is called as draw(x, y, label, every_n) (3.2.1).

Fails: accepts_its_arguments
"""


class ProgressBoard:
    def __init__(self):
        self.raw_points = {}
        self.data = {}

    def draw(self, label, every_n, x, y=0):
        points = self.raw_points.setdefault(label, [])
        line = self.data.setdefault(label, [])
        points.append((x, y))
        if len(points) != every_n:
            return
        mean = lambda numbers: sum(numbers) / len(numbers)
        line.append((mean([p[0] for p in points]), mean([p[1] for p in points])))
        points.clear()
