"""Makes marks of results: what the instructor decides, weighs and takes off.

In this order, and no other:

1. points: what an exercise's check gives: its points if it is right, else 0; with partial credit,
   its points times the share of its cases that hold, to two decimals. A held answer has none yet.
2. override: a line of `overrides.csv` for that exercise replaces these points.
3. weight: points times the exercise's weight (1, unless `grading.toml` says otherwise), summed up.
   A line for `*` replaces the sum.
4. late: of the sum, what `--late` takes off. An extension moves one learner's due time.
5. cap: no total above it, none above what can be reached, none below 0; two decimals.

`rules` reads what the instructor wrote, `final` makes a Mark of a result, and all reports show
Marks. Nothing here changes a result or a file of the instructor's.
"""
