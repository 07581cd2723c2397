"""How fast a cohort is graded, beside nbgrader, otter and nbval as it is, in one run.

    python -m tests.benchmarks.grading others FOLDER     20 submissions of week 1, every tool
    python -m tests.benchmarks.grading keras WEEK FOLDER   a TensorFlow week against nbval as it is
    python -m tests.benchmarks.grading linear FOLDER     20 and 200 submissions

FOLDER is for what is made on the way. `others` wants two environments of their own, each with
numpy: FOLDER/nbgrader (nbgrader 0.9) and FOLDER/otter (otter-grader 7), made by `python -m venv`
and pip. It prints a line a tool; copy it to RESULTS.md.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from utils import config
from utils.checks.exercise import exercise_names
from utils.grading.intake.reading import read_sources
from utils.grading.rebuild.answers import Rebuilder
from utils.grading.sample_cohort import make_cohort

COUNT, FEW = 20, 5
IMPORTS = "import numpy as np\nfrom utils import course\nexercise, check = course.week({week})"


def timed(command, **options):
    """Run a command; return seconds and its output. It must succeed."""
    environment = {**os.environ, "PYTHONPATH": str(config.ROOT), "COURSE_PROFILE": "tiny"}
    tools = str(Path(command[0]).parent)  # nbgrader calls alembic by its bare name
    environment["PATH"] = f"{tools}{os.pathsep}{environment['PATH']}"
    start = time.monotonic()
    done = subprocess.run(
        [str(part) for part in command],
        env=environment,
        capture_output=True,
        text=True,
        **options,
    )
    return time.monotonic() - start, done


def say(tool, seconds, count, note=""):
    print(f"{tool:34} {seconds:7.1f} s {60 * count / seconds:7.1f} a minute  {note}", flush=True)


def ours(cohort, out, week, jobs):
    """Grade sandboxed; return the seconds, start and self-test included."""
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "utils.grading", f"week{week}", cohort, "--out", out]
    seconds, done = timed([*command, "--jobs", jobs, "--seed", 1], cwd=config.ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    return seconds


def answers_of(path, week):
    """Return {exercise: source with what it needs}, for tools that want a notebook of their own."""
    found = Rebuilder(read_sources(path.read_bytes()).cells, exercise_names(week)).answers()
    return {name: answer.source for name, answer in found.items()}


def _graded_cell(kind, name, source, points=0):
    about = {
        "grade": kind == "test",
        "grade_id": f"{kind}-{name}",
        "locked": kind == "test",
        "schema_version": 3,
        "solution": kind == "answer",
        "task": False,
    }
    if kind == "test":
        about["points"] = points
    return new_code_cell(
        source, metadata={"nbgrader": about}, id=f"{kind}-{name}".replace("_", "-")
    )


def for_nbgrader(week, sources):
    """Return a notebook with one answer and one test cell an exercise."""
    cells = [
        new_markdown_cell("week", id="title"),
        new_code_cell(IMPORTS.format(week=week), id="im"),
    ]
    for name in exercise_names(week):
        cells.append(_graded_cell("answer", name, sources[name]))
        cells.append(_graded_cell("test", name, f"check.{name}({name})", 1))
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=cells, metadata=kernel)


def nbgrader(folder, paths, week):
    """Grade the cohort with nbgrader autograde; return the seconds."""
    course, tool = folder / "nbgrader-course", folder / "nbgrader" / "bin"
    shutil.rmtree(course, ignore_errors=True)
    (course / "source" / "ps").mkdir(parents=True)
    blank = {
        name: f"def {name}(*args):\n    raise NotImplementedError" for name in exercise_names(week)
    }
    nbformat.write(for_nbgrader(week, blank), course / "source" / "ps" / "week.ipynb")
    for number, path in enumerate(paths):
        place = course / "submitted" / f"s{number:03}" / "ps"
        place.mkdir(parents=True)
        nbformat.write(for_nbgrader(week, answers_of(path, week)), place / "week.ipynb")
    python = tool / "python"
    _, made = timed([python, "-m", "nbgrader", "generate_assignment", "ps"], cwd=course)
    assert made.returncode == 0, made.stderr
    seconds, done = timed([python, "-m", "nbgrader", "autograde", "ps"], cwd=course)
    graded = len(list((course / "autograded").glob("*/ps/week.ipynb")))
    return seconds, f"{graded} graded, exit {done.returncode}"


def otter(folder, paths, week):
    """Grade the cohort with otter run, one after the other, as its command does."""
    place, python = folder / "otter-course", folder / "otter" / "bin" / "python"
    shutil.rmtree(place, ignore_errors=True)
    (place / "tests").mkdir(parents=True)
    for name in exercise_names(week):
        code = f">>> bool(check.{name}.examine({name}).ok)\nTrue"
        test = {
            "name": name,
            "points": 1,
            "suites": [
                {
                    "type": "doctest",
                    "scored": True,
                    "cases": [{"code": code, "hidden": False, "locked": False}],
                }
            ],
        }
        (place / "tests" / f"{name}.py").write_text(f"OK_FORMAT = True\ntest = {test!r}\n")
    _, made = timed(
        [python, "-m", "otter", "generate", "-t", "tests", "--no-environment"], cwd=place
    )
    assert made.returncode == 0, made.stderr + made.stdout
    seconds, graded = 0.0, 0
    for number, path in enumerate(paths):
        cells = [new_code_cell(IMPORTS.format(week=week))]
        cells += [new_code_cell(source) for source in answers_of(path, week).values()]
        notebook = for_nbgrader(week, answers_of(path, week))
        notebook.cells = cells
        file = place / f"s{number}.ipynb"
        nbformat.write(notebook, file)
        (place / f"out{number}").mkdir()
        command = [python, "-m", "otter", "run", "-a", "autograder.zip", "-o", f"out{number}", file]
        spent, done = timed(command, cwd=place)
        seconds, graded = seconds + spent, graded + (done.returncode == 0)
    return seconds, f"{graded} graded"


def nbval_as_it_is(folder, paths):
    """Run the submissions themselves under nbval, one pytest for all."""
    command = [sys.executable, "-m", "pytest", "-o", "addopts=", "-p", "no:cacheprovider", "-q"]
    command += ["--nbval-lax", "--nbval-cell-timeout=600", f"--rootdir={folder}"]
    seconds, done = timed([*command, *paths], cwd=config.ROOT)
    return seconds, done.stdout.strip().splitlines()[-1]


def others(folder):
    """Every tool on the same submissions of week 1: all 20, or the first five of them."""
    cohort = folder / "cohort-1"
    shutil.rmtree(cohort, ignore_errors=True)
    paths = make_cohort(cohort, 1, COUNT, seed=1)
    for jobs in (1, os.cpu_count()):
        say(f"this, sandboxed, {jobs} jobs", ours(cohort, folder / "out", 1, jobs), COUNT)
    seconds, note = nbgrader(folder, paths, 1)
    say("nbgrader autograde", seconds, COUNT, note)
    few = paths[:FEW]  # these take long
    seconds, note = otter(folder, few, 1)
    say("otter run", seconds, FEW, note)
    seconds, note = nbval_as_it_is(folder, few)
    say("nbval on the notebooks as they are", seconds, FEW, note)


def keras(week, folder, count=COUNT, few=3):
    """A week that imports TensorFlow: this, and nbval on the submissions as they are."""
    cohort = folder / f"cohort-{week}"
    shutil.rmtree(cohort, ignore_errors=True)
    paths = make_cohort(cohort, week, count, seed=1)
    say(f"this, week {week}", ours(cohort, folder / "out", week, os.cpu_count()), count)
    seconds, note = nbval_as_it_is(folder, paths[:few])
    say(f"nbval as it is, week {week}", seconds, few, note)


def linear(folder):
    """Whether cost grows with the number of submissions, and no faster."""
    for count in (20, 200):
        cohort = folder / f"linear-{count}"
        shutil.rmtree(cohort, ignore_errors=True)
        make_cohort(cohort, 1, count, seed=1)
        seconds = ours(cohort, folder / "out", 1, os.cpu_count())
        say(f"this, {count} submissions", seconds, count)


def main(arguments):
    folder = Path(arguments[-1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if arguments[0] == "keras":
        return keras(int(arguments[1]), folder)
    return {"others": others, "linear": linear}[arguments[0]](folder)


if __name__ == "__main__":
    print(json.dumps({"cores": os.cpu_count()}))
    main(sys.argv[1:])
