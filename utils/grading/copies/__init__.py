"""Finds copies: what two learners share beyond what an exercise makes alike. Runs nothing."""
