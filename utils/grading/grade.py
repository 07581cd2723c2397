"""Grades one submission: read, rebuild, run, judge, and sum up."""

import tempfile
import time
from pathlib import Path

import nbformat

from .. import notebooks
from . import engine, runs
from .judging import GRADED, HELD, MISSING, NOT_GRADABLE
from .outcome import lost, say_dependencies, sum_up
from .reading import NotGradable, read_sources
from .rebuild import Rebuilder, given_imports

SPARE_SECONDS = 10  # over what the check in the notebook allows
STOPPED = ("timed out", "kernel died", "output limit")


def given(week):
    """Return the imports of the course's own notebook, for submissions that lack them."""
    cells = notebooks.read(week).cells
    return given_imports([cell.source for cell in cells if cell.cell_type == "code"])


def _choose(submission, names, imports):
    """Return (name, Sources, answers) of the notebook with most answers: no template's stubs."""
    best, problem, count = None, submission.problem, 0
    for name, data in submission.notebooks():
        count += 1
        try:
            if isinstance(data, NotGradable):
                raise data
            sources = read_sources(data)
            answers = Rebuilder(sources.cells, names, imports).answers()
        except NotGradable as error:
            problem = problem or str(error)
            continue
        found = (
            sum(bool(a.own and not a.own.is_template) for a in answers.values()),
            sum(bool(answer.pieces) for answer in answers.values()),
        )
        if best is None or found > best[0]:
            best = found, name, sources, answers
    if best is None:
        raise NotGradable(problem or "There is no notebook.")
    if not best[0][1] and not any(answer.problem != MISSING for answer in best[3].values()):
        raise NotGradable("The notebook holds none of this week's exercises.")
    if count > 1:
        best[2].notes.append(f"{count} notebooks were handed in; `{best[1]}` was graded.")
    return best[1:]


def grade(submission, judge, start_kernel, keep=None):
    """Return the result of one submission, a dict of plain values.

    judge: judging.Judge; start_kernel: function () -> kernel; keep: pathlib.Path or None, where to
    write the rebuilt notebook.
    """
    start = time.monotonic()
    result = {
        "name": submission.name,
        "folder": submission.folder,
        "week": judge.week,
        "seed": judge.seed,
        "status": GRADED,
        "reason": "",
        "notes": [],
        "max_score": sum(check.points for check in judge.checks()),
    }
    try:
        name, sources, answers = _choose(submission, judge.names, given(judge.week))
        result.update(notebook=name, notes=sources.notes)
        exercises = _run(answers, judge, start_kernel, keep)
        sources_of = {name: answer.source for name, answer in answers.items()}
    except NotGradable as error:
        result.update(status=NOT_GRADABLE, reason=str(error))
        exercises, sources_of = [lost(check, NOT_GRADABLE, "") for check in judge.checks()], {}
    result["exercises"] = exercises
    result["sources"] = sources_of
    result["score"] = sum(exercise["score"] for exercise in exercises)
    result["seconds"] = round(time.monotonic() - start, 3)
    return result


def _run(answers, judge, start_kernel, keep):
    """Run what was found; return one dict an exercise."""
    present = [answer for answer in answers.values() if answer.pieces]
    verdicts, run = _run_once(answers, present, judge, start_kernel, keep)
    exercises = {
        check.name: sum_up(check, answers[check.name], verdicts, run) for check in judge.checks()
    }
    for name in _disturbed(exercises):
        needed = [answer for answer in present if answer.name in _with_calls(name, answers)]
        verdicts, run = _run_once(answers, needed, judge, start_kernel)
        again = sum_up(judge.check(name), answers[name], verdicts, run)
        exercises[name] = again if again["score"] else exercises[name]
    for exercise in exercises.values():
        say_dependencies(exercise, answers[exercise["name"]], exercises)
    return list(exercises.values())


def _run_once(answers, present, judge, start_kernel, keep=None):
    """Run these answers in one notebook; return the verdicts and the Run."""
    verdicts = {}
    seeds = {name: judge.seed_of(name) for name in answers}
    seconds = {check.name: check.seconds + SPARE_SECONDS for check in judge.checks()}
    present = sorted(present, key=lambda answer: answer.place)
    notebook = runs.build(judge.week, present, seeds, seconds)

    def compare(name, sent):
        verdict = judge.verdict(name, sent, answers[name])
        seconds = float(sent["seconds"])
        verdicts[name] = {**verdict, "seconds": seconds if 0 <= seconds < 1e6 else 0.0}
        return verdict["ok"]

    run = runs.Run(notebook, start_kernel, compare)
    if keep is not None:
        nbformat.write(notebook, keep)
    with tempfile.TemporaryDirectory(prefix="rebuilt-") as folder:
        path = Path(folder) / "rebuilt.ipynb"
        nbformat.write(notebook, path)
        if present:
            engine.run_notebook(path, run)
    return verdicts, run


def _disturbed(exercises):
    """Return the wrong exercises that another one of the same notebook may have spoiled.

    Where some code of it is odd, or stopped its kernel, the others get a second try, alone.
    """
    lost = [exercise for exercise in exercises.values() if not exercise["score"]]
    odd = {exercise["name"] for exercise in exercises.values() if exercise["flags"]}
    stopped = {exercise["name"] for exercise in lost if exercise["status"] in STOPPED}
    found = []
    for exercise in lost:
        others = odd if exercise["name"] in stopped else odd | stopped
        if exercise["status"] in (GRADED, HELD, *STOPPED) and others - {exercise["name"]}:
            found.append(exercise["name"])
    return found


def _with_calls(name, answers):
    """Return the names of an exercise and of all that it uses."""
    found, waiting = set(), [name]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += answers[name].calls
    return found
