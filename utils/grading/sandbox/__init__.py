"""Kernels in boxes, and the connection to them; README.md says why."""
