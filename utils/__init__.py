"""Small shared helpers of the course. Importing the package imports nothing heavy."""
