"""Data sets that models are trained on: found, read and checked without torchvision."""
