"""The instructor's command: grades a cohort's notebooks. `python -m utils.grading --help`.

`command` finds the submissions (`intake`) and has `workers` or `cluster` distribute them. `grade`
grades one: `intake` reads its cells, `rebuild` takes the answers out of them, `execution` has nbval
execute these in a notebook of its own, whose kernels `sandbox` locks in. Beside each kernel a
process without the learner's code runs the probes (`checks/probes/trial.py`), which call the
answers through a wall (`wire.py`), and `judge` compares what they saw. `results` is what comes of
it; `batch` keeps it, and `reports` shows it.
"""
