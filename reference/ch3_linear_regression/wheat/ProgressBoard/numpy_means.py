"""Keeps all points for good, and computes the curve anew, in lists of NumPy numbers."""

import numpy as np


class ProgressBoard:
    def __init__(self):
        self.everything = {}
        self.data = {}

    def draw(self, x, y, label, every_n=1):
        points = self.everything.setdefault(label, [])
        points.append([x, y])
        whole = len(points) // every_n
        grouped = np.array(points[:whole * every_n], dtype=np.float64).reshape(whole, every_n, 2)
        self.data[label] = [list(point) for point in grouped.mean(axis=1)]
