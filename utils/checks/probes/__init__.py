"""Probes: what a check does inside the kernel.

This folder stands alone. It imports nothing else of the course, so that a grading kernel can be
given it without any reference, mistake or judge.
"""
