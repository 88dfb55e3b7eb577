"""Data sets that models are trained on: found, read and verified without torchvision."""
