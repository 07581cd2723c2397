"""Runs the answers of one submission: all in one notebook, then some of them again, alone."""

import tempfile
import time
from pathlib import Path

import nbformat

from ..judge.outcome import say_dependencies, sum_up
from ..judge.verdicts import FAILED, GRADED, HELD, held
from ..rebuild.odd_code import odd_in
from ..sandbox import limits
from . import nbval_engine, notebook_run

SPARE_SECONDS = 10  # over what the check in the notebook allows
TIMED_OUT = "timed out"
STOPPED = (TIMED_OUT, "kernel died", "output limit", FAILED)


def run_all(answers, judge, start_kernel, end, keep=None):
    """Run what was found; return the results of the exercises, a list of dicts.

    answers: dict, name → rebuild.Answer; end: when the time is over, by time.monotonic; keep:
    pathlib.Path or None, where to write the rebuilt notebook.
    """
    attempt = _Attempt(answers, judge, start_kernel, end)
    exercises = attempt.run(judge.names, keep)
    _run_again(exercises, _disturbed(exercises, set(attempt.stopped)), attempt)
    for exercise in exercises.values():
        say_dependencies(exercise, answers[exercise["name"]], exercises)
    return list(exercises.values())


class _Attempt:
    """Runs some answers of a submission in a notebook of their own.

    stopped: names of the exercises of which the last run stopped a cell.
    """

    stopped = ()

    def __init__(self, answers, judge, start_kernel, end):
        self.answers, self.judge = answers, judge
        self.start_kernel, self.end = start_kernel, end

    def run(self, names, keep=None):
        """Return {name: result} of these exercises."""
        used = set().union(*(self._with_calls(name) for name in names))
        present = [answer for answer in self.answers.values() if answer.pieces]
        present = [answer for answer in present if answer.name in used]
        verdicts, run = self._run(sorted(present, key=lambda answer: answer.place), keep)
        self.stopped = list(run.stopped)
        return {
            name: sum_up(self.judge.check(name), self.answers[name], verdicts, run)
            for name in names
        }

    def _with_calls(self, name):
        """Return the names of an exercise and of all that it uses."""
        found, waiting = set(), [name]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.answers[name].calls
        return found

    def _run(self, present, keep):
        """Run these answers; return the verdicts and the Run."""
        verdicts = {}
        seeds = {name: self.judge.seed_of(name) for name in self.answers}
        seconds = {check.name: check.seconds + SPARE_SECONDS for check in self.judge.checks()}
        notebook = notebook_run.build(self.judge.week, present, seeds, seconds)
        # All share a kernel: code of one could forge the evidence of another.
        odd = sorted({found for answer in present for found in odd_in(answer)})

        def compare(name, sent):
            verdicts[name] = {**self._judge(name, sent, odd), "seconds": _seconds(sent)}
            return verdicts[name]["ok"]

        run = notebook_run.Run(notebook, self.start_kernel, compare, self.end)
        if keep is not None:
            nbformat.write(notebook, keep)
        with tempfile.TemporaryDirectory(prefix="rebuilt-") as folder:
            path = Path(folder) / "rebuilt.ipynb"
            nbformat.write(notebook, path)
            if present:
                nbval_engine.run_notebook(path, run)
        return verdicts, run

    def _judge(self, name, sent, odd):
        try:
            with limits.at_most(limits.JUDGE_SECONDS):
                return self.judge.verdict(name, sent, self.answers[name], odd)
        except limits.TooSlow:
            return held(f"To judge it takes more than {limits.JUDGE_SECONDS} seconds.")


def _seconds(sent):
    seconds = float(sent["seconds"])
    return seconds if 0 <= seconds < 1e6 else 0.0


def _run_again(exercises, names, attempt):
    """Give the exercises a second try, alone, that weren't lost by themselves for sure."""
    is_endless = False  # then a loop never ends, and the machine isn't slow: once is enough
    for name in names:
        before = exercises[name]
        is_late = time.monotonic() > attempt.end
        if is_late or (is_endless and before["status"] == TIMED_OUT):
            continue
        again = attempt.run([name])[name]
        is_endless = is_endless or again["status"] == TIMED_OUT
        if again["score"] or before["status"] in (TIMED_OUT, FAILED):
            exercises[name] = again


def _disturbed(exercises, stopped):
    """Return the wrong exercises that something else may have spoiled. stopped: set of names.

    That is another one of the same notebook, whose code is odd or which stopped the kernel; or
    the machine, where it was killed from outside or not done in time.
    """
    lost = [exercise for exercise in exercises.values() if not exercise["score"]]
    odd = {exercise["name"] for exercise in exercises.values() if exercise["flags"]}
    found = []
    for exercise in lost:
        name, status = exercise["name"], exercise["status"]
        others = odd if status in STOPPED else odd | stopped
        is_slow = status in (TIMED_OUT, FAILED)
        if status in (GRADED, HELD, *STOPPED) and (is_slow or others - {name}):
            found.append(name)
    return found
