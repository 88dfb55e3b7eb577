"""Your step makes a parameter float64 that was float32.

Often the numbers go through .tolist() and NumPy, which make numbers of 64 bits. The next matrix product with
float32 data raises an error. Stay with tensors: then the dtype stays, too (2.1.6, 3.4.3).

Fails: right_type
"""

import numpy as np
import torch


class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            new = np.array(param.tolist()) - self.lr * np.array(param.grad.tolist())
            param.data = torch.from_numpy(np.asarray(new)).reshape(param.shape)

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
