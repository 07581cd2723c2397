"""Judges evidence outside the box, and says what became of an exercise."""
