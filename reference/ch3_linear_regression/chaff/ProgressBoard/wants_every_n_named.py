"""Your draw takes every_n by its name only.

It is the fourth argument, and may be given by its place as well, `draw(x, y, label, 5)`: don't put a * before
it (3.2.2).

Fails: boards_do_not_mix
"""

class ProgressBoard:
    def __init__(self):
        self.waiting = {}
        self.data = {}

    def draw(self, x, y, label, *, every_n=1):
        waiting = self.waiting.setdefault(label, [])
        waiting.append((x, y))
        if len(waiting) == every_n:
            xs, ys = zip(*waiting)
            self.data.setdefault(label, []).append((sum(xs) / every_n, sum(ys) / every_n))
            waiting.clear()
