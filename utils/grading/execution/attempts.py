"""Attempts the answers of one submission: all in one notebook, then some of them again, alone.

Each attempt builds a notebook, has nbval execute it, and has the judge compare what comes.
"""

import tempfile
import time
from pathlib import Path

import nbformat

from ..judge.outcome import lost, note_dependencies, sum_up
from ..results import Judgement, Status
from ..sandbox import limits
from . import nbval_engine, rebuilt_notebook
from .as_if_right import name_own_mistakes

SPARE_SECONDS = 10  # over what the check in the notebook allows
STOPPED = (Status.TIMED_OUT, Status.KERNEL_DIED, Status.OUTPUT_LIMIT, Status.FAILED)
BY_THE_MACHINE = (Status.TIMED_OUT, Status.FAILED)  # perhaps: it was slow, or short of memory
BY_ITSELF = (
    "Its process was killed each time that it ran, although this machine had enough memory: the "
    "code of this exercise must do it."
)


def attempt_all(answers, judge, start_kernel, end, keep=None, kept=None):
    """Attempt the exercises of a submission; return a list of ExerciseResult.

    answers: dict, name → answers.Answer; judge: Judge; start_kernel: function () -> kernel; end:
    when the time is over, by time.monotonic; keep: pathlib.Path or None, where to write the
    rebuilt notebook; kept: dict, name → ExerciseResult of those that aren't attempted, or None.
    """
    kept = kept or {}
    attempts = _Attempts(answers, judge, start_kernel, end)
    results, stopped = attempts.attempt([name for name in judge.checks if name not in kept], keep)
    _attempt_again(results, _disturbed(results.values(), stopped), attempts)
    _blame(results, attempts)
    if judge.naming and time.monotonic() < end:
        name_own_mistakes(results, kept, attempts)
    results = {name: kept.get(name) or results[name] for name in judge.checks}
    for name, result in results.items():
        note_dependencies(result, answers[name], results)
    return list(results.values())


class _Attempts:
    """Executes answers of one submission, each time in a notebook of its own."""

    def __init__(self, answers, judge, start_kernel, end):
        self.answers, self.judge = answers, judge
        self.start_kernel, self.end = start_kernel, end
        self.short = set()  # names of those that were killed while the machine was short of memory

    def with_answers(self, answers):
        """Return the same with other answers."""
        return _Attempts(answers, self.judge, self.start_kernel, self.end)

    def attempt(self, names, keep=None):
        """Return ({name: ExerciseResult} of these exercises, names of those that were stopped)."""
        used = set().union(*(self._with_calls(name) for name in names))
        present = [each for each in self.answers.values() if each.statements and each.name in used]
        judgements, execution = self._execute(sorted(present, key=lambda each: each.place), keep)
        results = {
            name: sum_up(self.judge.checks[name], self.answers[name], judgements, execution)
            for name in names
        }
        self.short |= {name for name, stop in execution.stopped.items() if stop.short}
        return results, set(execution.stopped)

    def _with_calls(self, name):
        """Return the names of an exercise and of all that it uses."""
        found, waiting = set(), [name]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.answers[name].calls
        return found

    def _execute(self, present, keep):
        """Execute these answers; return ({name: Judgement}, Execution)."""
        judgements = {}
        seeds = {name: self.judge.seed_of(name) for name in self.answers}
        checks = self.judge.checks.values()
        seconds = {check.name: check.seconds + SPARE_SECONDS for check in checks}
        notebook = rebuilt_notebook.build(self.judge.week, present, seeds, seconds)

        def compare(name, sent):
            judgements[name] = self._judge(name, sent)
            judgements[name].seconds = _seconds(sent)
            return judgements[name].ok

        execution = rebuilt_notebook.Execution(notebook, self.start_kernel, compare, self.end)
        if keep is not None:
            nbformat.write(notebook, keep)
        with tempfile.TemporaryDirectory(prefix="rebuilt-") as folder:
            path = Path(folder) / "rebuilt.ipynb"
            nbformat.write(notebook, path)
            if present:
                nbval_engine.execute(path, execution)
        return judgements, execution

    def _judge(self, name, sent):
        try:
            with limits.at_most(limits.JUDGE_SECONDS):
                return self.judge.verdict(name, sent, self.answers[name])
        except limits.TooSlow:
            text = f"It takes more than {limits.JUDGE_SECONDS} seconds to judge."
            return Judgement(False, text, status=Status.HELD)


def _seconds(sent):
    seconds = float(sent["seconds"])
    return seconds if 0 <= seconds < 1e6 else 0.0


def _attempt_again(results, names, attempts):
    """Give a second attempt, alone, to exercises that may have been lost through something else."""
    is_endless = False  # then a loop never ends, and the machine isn't slow: once is enough
    # First those that were killed: it takes little time, and without a second attempt nobody knows.
    for name in sorted(names, key=lambda name: results[name].status != Status.FAILED):
        before = results[name]
        is_late = time.monotonic() > attempts.end
        if is_late or (is_endless and before.status == Status.TIMED_OUT):
            continue
        again = attempts.attempt([name])[0][name]
        is_endless = is_endless or again.status == Status.TIMED_OUT
        if again.score or before.status in BY_THE_MACHINE:
            results[name] = again


def _blame(results, attempts):
    """Tell apart what the machine killed, which is no score, and what kills itself, which is 0.

    The signal doesn't say who sent it; but a machine kills only where memory is short.
    """
    for name, result in results.items():
        if result.status == Status.FAILED and name not in attempts.short:
            check = attempts.judge.checks[name]
            results[name] = lost(check, Status.KERNEL_DIED, BY_ITSELF, result.details)
            results[name].notes, results[name].flags = result.notes, result.flags


def _disturbed(results, stopped):
    """Return the names of wrong exercises that something else may have spoiled.

    That is another one of the same notebook, whose code is odd or which stopped the kernel; or
    the machine, where it killed the kernel or was slow. results: of ExerciseResult; stopped: set
    of names.
    """
    odd = {result.name for result in results if result.flags}
    found = []
    for result in results:
        if result.score or result.status not in (Status.GRADED, Status.HELD, *STOPPED):
            continue
        others = odd if result.status in STOPPED else odd | stopped
        if result.status in BY_THE_MACHINE or others - {result.name}:
            found.append(result.name)
    return found
