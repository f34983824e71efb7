"""Helpers without game knowledge: hexes, kernels, keyed dice, fixed point, digests, errors, files."""
