"""You take the length of the weights, and not its square.

Both grow with the weights. But the square punishes large weights much harder than small ones, and its derivative is
simply w; that of your length is the same for long weights and short ones (3.7.1).

Fails: right_values
"""


def l2_penalty(w):
    return w.norm() / 2
