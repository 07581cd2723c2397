"""Writes the copy for learners: the course without its reference solutions. See `__main__`."""
