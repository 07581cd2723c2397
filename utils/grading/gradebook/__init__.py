"""The gradebook of a course: one line a learner, over the reports of several weeks."""
