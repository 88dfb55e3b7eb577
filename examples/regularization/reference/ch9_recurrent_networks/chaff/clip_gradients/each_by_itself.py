"""You shorten each gradient by its own length.

Then your long ones lose more than your short ones, and the step goes into another direction than downhill. One factor for
all of them keeps it: max_norm, divided by the length of all of them together (9.5.3).

Fails: right_values
"""


def clip_gradients(gradients, max_norm):
    return [gradient * torch.clamp(max_norm / gradient.norm(), max=1.0) for gradient in gradients]
