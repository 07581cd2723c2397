"""Gradescope: a zip of the autograder, and what it does there with a submission. See its page."""
