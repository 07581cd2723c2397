"""Writes what learners and instructors read."""
