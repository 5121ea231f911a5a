"""Environments and policies: compiled kernels that play one run each, usable without `verify`.

A kernel takes a numpy generator, the ends (L,) of the segments, the means (L, K) of the arms in
each, and whether rewards are normal; it returns the pseudo-regret of one run.
"""
