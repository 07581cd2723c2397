"""Probes: on which inputs an exercise is tried, and what of its answers is kept.

This folder stands alone. It imports nothing else of the course, so that a grading kernel can be
given it without any reference, mistake or judge; and no code in it computes an exercise's answer.
"""
