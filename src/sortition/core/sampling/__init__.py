"""Panels that no objective chose: counted, sampled evenly, or filled greedily; for comparison."""
