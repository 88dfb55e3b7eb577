"""Your boards go on with the curves of earlier ones, and with their points that wait.

Written in the body of the class, for example, both dictionaries are made once, not for each object. Make them
in the constructor (3.2.1).

Same as: shares_its_data
Fails: right_values
"""


class ProgressBoard:
    raw_points = {}
    data = {}

    def draw(self, x, y, label, every_n=1):
        points = self.raw_points.setdefault(label, [])
        line = self.data.setdefault(label, [])
        points.append((x, y))
        if len(points) != every_n:
            return
        mean = lambda numbers: sum(numbers) / len(numbers)
        line.append((mean([p[0] for p in points]), mean([p[1] for p in points])))
        points.clear()
