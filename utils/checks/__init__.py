"""The checks of all weeks: `utils.checks.weekN` holds one check under each exercise's name."""
