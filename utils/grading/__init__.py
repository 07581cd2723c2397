"""The instructor's command: marks a cohort's notebooks. `python -m utils.grading --help`."""
