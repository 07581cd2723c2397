"""Executes rebuilt notebooks under nbval."""
