"""Several files of one learner: whose they are, when they were handed in, which of them count."""

import datetime
import json
import os
import struct
import zipfile
from hashlib import sha256

import nbformat
import pytest
from nbconvert import PythonExporter

from tests.support.grading_room import GOOD, RIGHT, needs_box, room
from tests.support.uploads import IMPORT, ONE, TWO, zipped
from utils import config
from utils.checks.exercise import exercise_names
from utils.grading import grade
from utils.grading.canaries import notebook
from utils.grading.intake import submissions
from utils.grading.intake.choose import MAX_ALONE, choices, merged
from utils.grading.intake.participants import Person
from utils.grading.intake.reading import NotGradable
from utils.grading.intake.scripts import read_script
from utils.grading.intake.submissions import digest
from utils.grading.sample_cohort import submission

STUB = "def {}(*args):\n    raise NotImplementedError"
NAMES = exercise_names(1)


def put(folder, files):
    """Write files into a folder; a time in seconds may stand beside the bytes."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data, time = data if isinstance(data, tuple) else (data, None)
        path.write_bytes(data)
        if time is not None:
            os.utime(path, (time, time))
    return folder


def packed(path, files):
    """Write the same into a zip file."""
    path.write_bytes(zipped({name: files[name] for name in files}))
    return path


def people(place):
    """Return {name: names of the files} of what is found."""
    return {
        item.name: [place[-1].rpartition("/")[2] for place in item.places]
        for item in submissions.find(place)
    }


EXPORTS = {
    "Canvas": (
        {
            "leeann_77_502_part-2.ipynb": ONE,
            "leeann_77_501_week1.ipynb": ONE,
            "chenbo_LATE_78_503_week1.ipynb": ONE,
            "leeann_77_504_notes.txt": b"hi",
        },
        {"leeann": 2, "chenbo": 1},
    ),
    "Moodle": (
        {
            "Ann Lee_77_assignsubmission_file/week1.ipynb": ONE,
            "Ann Lee_77_assignsubmission_file/part2.ipynb": ONE,
            "Ann Lee_77_assignsubmission_onlinetext/onlinetext.html": b"hi",
            "Bo Chen_78_assignsubmission_onlinetext/onlinetext.html": b"hi",
        },
        {"Ann Lee": 2, "Bo Chen": 0},
    ),
    "Moodle without folders": (
        {
            "Ann Lee_77_assignsubmission_file_week1.ipynb": ONE,
            "Ann Lee_77_assignsubmission_file_part2.ipynb": ONE,
            "Bo Chen_78_assignsubmission_file_week1.ipynb": ONE,
        },
        {"Ann Lee": 2, "Bo Chen": 1},
    ),
    "Google Classroom": (
        {
            "Ann Lee - week1_linear_models.ipynb": ONE,
            "Ann Lee - part 2.ipynb": ONE,
            "week1 - Bo Chen.ipynb": ONE,
            "week1 - Cem Ak.ipynb": ONE,
            "optics - Di Ott.ipynb": ONE,
            "optics - Ed Ott.ipynb": ONE,
            "week1.ipynb": ONE,
            "week1 (1).ipynb": ONE,
        },
        {
            "Ann Lee": 2,
            "Bo Chen": 1,
            "Cem Ak": 1,
            "optics - Di Ott": 1,
            "optics - Ed Ott": 1,
            "week1": 1,
            "week1 (1)": 1,
        },
    ),
    "Google Classroom with folders": (
        {"Ann Lee/week1.ipynb": ONE, "Ann Lee/part2.ipynb": ONE, "Bo Chen/week1.ipynb": ONE},
        {"Ann Lee": 2, "Bo Chen": 1},
    ),
}


@pytest.mark.parametrize("is_zip", [True, False])
@pytest.mark.parametrize("export", EXPORTS)
def test_the_files_of_one_learner_count_together(tmp_path, export, is_zip):
    """Whichever platform wrote their names; nobody gets two rows, and no two people one."""
    files, wanted = EXPORTS[export]
    place = packed(tmp_path / "all.zip", files) if is_zip else put(tmp_path / "all", files)
    found = people(place)
    assert {name: len(files) for name, files in found.items()} == wanted
    if export == "Canvas":
        assert found["leeann"] == ["leeann_77_501_week1.ipynb", "leeann_77_502_part-2.ipynb"]
        marks = {item.name: item.late_marks for item in submissions.find(place)}
        assert marks == {"leeann": (False, False), "chenbo": (True,)}
    is_merged = export in ("Canvas", "Google Classroom", "Moodle without folders")
    for item in submissions.find(place):
        assert bool(item.notes) == (is_merged and len(item.places) > 1)


def test_the_folder_of_a_learner_with_one_file_is_that_of_the_file(tmp_path):
    """Reports of before are found again."""
    names = ["Ann Lee - week1.ipynb", "leeann_77_501_week1.ipynb", "Bo_8_assignsubmission_file.zip"]
    put(tmp_path, dict.fromkeys(names[:2], ONE))
    put(tmp_path, {names[2]: zipped({"a.ipynb": ONE})})
    found = submissions.find(tmp_path)
    assert sorted(item.folder for item in found) == sorted(
        name.rpartition(".")[0] for name in names
    )
    assert [item.upload for item in found] == [item.folder for item in found]


CLAIMS = {  # two names that mustn't become one learner's
    "Moodle's form in a name of Moodle": (
        "Eve_1001_assignsubmission_file_week1.ipynb",
        "Eve_1001_assignsubmission_7_assignsubmission_file_week1.ipynb",
    ),
    "Canvas's form in a name of Moodle": (
        "Eve_1001_5_week1.ipynb",
        "Eve_1001_5_7_assignsubmission_file_week1.ipynb",
    ),
    "another form": ("Eve_1001_assignsubmission_file/a.ipynb", "Eve_1001_5_week1.ipynb"),
    "another name": ("eve_1001_5_week1.ipynb", "mal_1001_6_week1.ipynb"),
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_no_file_joins_another_learners_by_its_name(tmp_path, claim):
    """Where that isn't sure, both stand alone, and no score of a number goes into a table."""
    found = submissions.find(put(tmp_path, dict.fromkeys(CLAIMS[claim], ONE)))
    assert [len(item.places) for item in found] == [1, 1]
    assert found[0].number == found[1].number


@pytest.mark.parametrize("other", ["Eve Ott - week1 (1)", "Copy of Eve Ott - week1"])
def test_two_files_of_one_name_and_title(tmp_path, other):
    """They are one learner's, unless the roster has two people of that name."""
    put(tmp_path, dict.fromkeys(("Eve Ott - week1.ipynb", f"{other}.ipynb"), ONE))
    [found] = submissions.find(tmp_path, None, [Person("Eve Ott"), Person("Bo Chen")])
    assert len(found.places) == 2 and "two people's" in found.notes[0]
    two = submissions.find(tmp_path, None, [Person("Eve Ott", "1"), Person("Eve Ott", "2")])
    assert len(two) == 2 and all("don't count together" in item.notes[0] for item in two)


T = 1_767_000_000  # in December 2025


def iso(seconds):
    return datetime.datetime.fromtimestamp(seconds).astimezone().isoformat(timespec="seconds")


def test_times_are_those_of_the_outermost_file(tmp_path):
    """What a learner's own zip file says inside is the learner's own making."""
    info = zipfile.ZipInfo("week1.ipynb", (2001, 1, 1, 0, 0, 0))
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(info, ONE)
    data = inner.read_bytes()
    inner.unlink()
    place = put(
        tmp_path / "all",
        {
            "Ann_1_assignsubmission_file/week1.ipynb": (ONE, T),
            "Bo_2_assignsubmission_file/week1.zip": (data, T + 5_000),
            "Cem_3_assignsubmission_file.zip": (data, T + 9_000),
            "Di_4_assignsubmission_file/week1.ipynb": (ONE, 0),
        },
    )
    found = {item.name: item.times for item in submissions.find(place)}
    assert found["Ann"] == (iso(T),) and found["Bo"] == (iso(T + 5_000),)
    assert found["Cem"] == (iso(T + 9_000),) and found["Di"] == ("",)
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        local = zipfile.ZipInfo("Ann_1_assignsubmission_file/week1.ipynb", (2026, 1, 2, 3, 4, 6))
        archive.writestr(local, ONE)
        exact = zipfile.ZipInfo("Bo_2_assignsubmission_file/week1.zip", (2026, 1, 2, 3, 4, 6))
        exact.extra = struct.pack("<HHBi", 0x5455, 5, 1, T)
        archive.writestr(exact, data)
        odd = zipfile.ZipInfo("Cem_3_assignsubmission_file/week1.ipynb", (1980, 1, 1, 0, 0, 0))
        odd.extra = struct.pack("<HHB", 0x5455, 1, 1)
        archive.writestr(odd, ONE)
    found = {item.name: item.times for item in submissions.find(path)}
    here = datetime.datetime(2026, 1, 2, 3, 4, 6).astimezone().isoformat()
    assert found == {"Ann": (here,), "Bo": (iso(T),), "Cem": ("",)}


ORDERS = {
    "by time": ({"b.ipynb": (ONE, T), "a.ipynb": (ONE, T + 5_000)}, ["b.ipynb", "a.ipynb"]),
    "by number": (
        {"week1 (2).ipynb": (ONE, T), "week1.ipynb": (ONE, T), "week1 (10).ipynb": (ONE, T)},
        ["week1.ipynb", "week1 (2).ipynb", "week1 (10).ipynb"],
    ),
    "by name": (
        {"part 10.ipynb": (ONE, T), "part 9.ipynb": (ONE, T)},
        ["part 9.ipynb", "part 10.ipynb"],
    ),
    "unpacked just now": (  # in any order of seconds
        {"week1-2.ipynb": (ONE, T), "week1.ipynb": (ONE, T + 3)},
        ["week1.ipynb", "week1-2.ipynb"],
    ),
}


@pytest.mark.parametrize("kind", ORDERS)
def test_the_latest_file_comes_last(tmp_path, kind):
    """By time where that says when something was handed in; not where all was unpacked at once."""
    files, wanted = ORDERS[kind]
    put(tmp_path / "Ann_1_assignsubmission_file", files)
    other = T + 100 if kind == "unpacked just now" else T + 50_000
    put(tmp_path, {"Bo_2_assignsubmission_file/week1.ipynb": (ONE, other)})
    assert people(tmp_path)["Ann"] == wanted


def test_canvas_numbers_its_files_in_the_order_of_time(tmp_path):
    """The time of a file there is that at which it was exported."""
    files = {"leeann_77_502_a.ipynb": (ONE, T), "leeann_77_501_b.ipynb": (ONE, T + 5_000)}
    wanted = ["leeann_77_501_b.ipynb", "leeann_77_502_a.ipynb"]
    assert people(put(tmp_path, files))["leeann"] == wanted


def test_one_file_has_the_hash_that_it_had(tmp_path):
    """Of a run of before, no submission looks like a new one."""
    put(tmp_path, {"Ann_1_assignsubmission_file/week1.ipynb": ONE})
    [found] = submissions.find(tmp_path)
    assert digest(found) == sha256(f"\nweek1.ipynb\n{len(ONE)}\n".encode() + ONE).hexdigest()


def test_another_order_is_another_submission(tmp_path):
    """As another file then counts."""
    place = tmp_path / "Ann_1_assignsubmission_file"
    put(place, {"a.ipynb": (ONE, T), "b.ipynb": (TWO, T + 5_000)})
    first = digest(submissions.find(place)[0])
    os.utime(place / "a.ipynb", (T + 9_000, T + 9_000))
    assert digest(submissions.find(place)[0]) != first


def work(tmp_path, files):
    """Return the submission of one learner. files: dict, name → cells, or bytes."""
    data = {
        name: each if isinstance(each, bytes) else notebook(*each) for name, each in files.items()
    }
    [found] = submissions.find(put(tmp_path / "Ann_1_assignsubmission_file", data))
    return found


def chosen(item, pick="latest"):
    return choices(item, 1, NAMES, pick)


def test_the_latest_answer_counts_and_no_template_hides_one(tmp_path):
    """Per exercise; the report says which file counts for what."""
    item = work(
        tmp_path,
        {
            "part-1.ipynb": (IMPORT, "def expand(X): return 1", "def sgd_step(w): return 1"),
            "part-2.ipynb": (STUB.format("expand"), "def sgd_step(w): return 2"),
            "part-3.ipynb": (STUB.format("expand"), STUB.format("sgd_step"), "x = 1"),
        },
    )
    [choice] = chosen(item)
    assert choice.answers["expand"].source == "def expand(X): return 1"
    assert choice.answers["sgd_step"].source == "def sgd_step(w): return 2"
    assert [(each["notebook"], each["exercises"]) for each in choice.taken] == [
        ("part-1.ipynb", ["expand"]),
        ("part-2.ipynb", ["sgd_step"]),
    ]
    assert choice.taken[0]["handed_in"] == item.times[0] != ""
    assert "3 notebooks were handed in" in choice.notes[-1]
    assert "`part-1.ipynb` for `expand`; `part-2.ipynb` for `sgd_step`" in choice.notes[-1]


def test_one_notebook_with_all_answers_is_graded_alone(tmp_path):
    """An older one beside it changes nothing."""
    files = {
        "a-1.ipynb": (IMPORT, "V = 1\ndef expand(X): return V", STUB.format("sgd_step")),
        "a-2.ipynb": ("V = 2\ndef expand(X): return V", "def sgd_step(w): return V"),
    }
    [choice] = chosen(work(tmp_path, files))
    assert choice.notebook == "a-2.ipynb" and "V = 1" not in choice.answers["expand"].source
    assert choice.notes == ["2 notebooks were handed in; `a-2.ipynb` was graded."]


def test_a_later_version_that_cannot_be_read(tmp_path):
    """It doesn't hide the one before it, and that is said."""
    files = {"a-1.ipynb": ("def expand(X): return 1",), "a-2.ipynb": ("def expand(X:",)}
    [choice] = chosen(work(tmp_path, {**files, "a-3.ipynb": b"{"}))
    assert choice.answers["expand"].statements
    assert "in `a-2.ipynb`, can't be read" in choice.answers["expand"].notes[-1]
    assert any(note.startswith("`a-3.ipynb` doesn't count: ") for note in choice.notes)


def test_each_part_sees_its_own_notebook_first(tmp_path):
    """A helper, a constant or a builtin of another file stays out, unless nothing else is there."""
    files = {
        "a-1.ipynb": (
            "import math\nRATE = 1\nBELOW = 1\nsum = 5\nhelp_me = lambda: 7",
            "def expand(X): return RATE",
        ),
        "a-2.ipynb": (
            "RATE = 2",
            STUB.format("expand"),
            "def sgd_step(w): return RATE, BELOW, sum, help_me(), math.pi, expand(w)",
            "BELOW = 2",
        ),
    }
    [choice] = chosen(work(tmp_path, files))
    spaces = {}
    for name in ("expand", "sgd_step"):
        space = spaces[name] = {}
        for statement in choice.answers[name].statements:
            exec(statement.source, space)
    assert spaces["expand"]["expand"](0) == 1
    rate, below, summed, helped, pi, expanded = spaces["sgd_step"]["sgd_step"](0)
    assert (rate, below, summed, helped) == (2, 2, sum, 7) and pi > 3
    assert choice.answers["sgd_step"].calls == ["expand"]
    assert expanded == 2  # one kernel has one RATE: the caller's


def test_the_best_of_several_files(tmp_path):
    """Each alone, the oldest first, then all together; what was taken is said."""
    files = {f"a-{n}.ipynb": (f"def expand(X): return {n}",) for n in range(1, MAX_ALONE + 4)}
    found = chosen(work(tmp_path, files), "best")
    sources = [choice.answers["expand"].source for choice in found]
    assert sources == [f"def expand(X): return {n}" for n in range(4, MAX_ALONE + 4)]
    assert f"the latest {MAX_ALONE} were also graded alone" in found[0].notes[0]
    both = merged(found, {"expand": 1})
    assert both.answers["expand"].source == sources[1] and both.notebook == "a-5.ipynb"
    assert [each["notebook"] for each in both.taken if each["best"]] == ["a-5.ipynb"]
    assert both.notes[-1] == "Of each exercise the best answer counts: `a-5.ipynb` for `expand`."
    assert len(chosen(work(tmp_path / "one", {"a.ipynb": files["a-1.ipynb"]}), "best")) == 1


PLAIN = f"{IMPORT}\n\n\n{GOOD}\n\n\n{RIGHT}\n"
SCRIPTS = {
    "plain": PLAIN,
    "Windows": PLAIN.replace("\n", "\r\n"),
    "cells": f"# %%\n{IMPORT}\n\n# %% [markdown]\n# Text\n\n# %%\n{GOOD}\n\n# %% title\n{RIGHT}\n",
    "nbconvert": f"#!/usr/bin/env python\n# coding: utf-8\n\n# In[1]:\n\n{IMPORT}\n\n# In[ ]:\n\n"
    f"{GOOD}\n\n# In[7]:\n\nget_ipython().run_cell_magic('time', '', {RIGHT!r})\n",
    "jupytext": f"# ---\n# jupyter:\n#   kernelspec: x\n# ---\n\n# +\n{IMPORT}\n# -\n\n{PLAIN}",
    "a mark in a text": f'text = """\n# %%\n"""\n{PLAIN}',
    "a mistake elsewhere": f"{PLAIN}\n\ndef other(:\n    pass\n",
}


@pytest.mark.parametrize("kind", SCRIPTS)
def test_a_script_is_read_as_the_notebook_would_be(tmp_path, kind):
    """All its answers, in each of the forms in which programs write one."""
    [choice] = chosen(work(tmp_path, {"week1.py": SCRIPTS[kind].encode()}))
    for name in ("expand", "sgd_step"):
        answer = choice.answers[name]
        assert answer.statements and not answer.problem
    assert "column_stack" in choice.answers["expand"].source
    assert choice.taken[0]["exercises"] == [
        name for name in NAMES if name in ("expand", "sgd_step")
    ]


@pytest.mark.parametrize("week", config.available_weeks())
def test_a_notebook_that_was_exported_as_a_script(tmp_path, week):
    """Jupyter's own export of a week's notebook holds the same answers, with what they need."""
    data, names = json.dumps(submission(week)), exercise_names(week)
    script, _ = PythonExporter().from_notebook_node(nbformat.reads(data, as_version=4))
    found = []
    for name, text in (("a.ipynb", data), ("a.py", script)):
        item = work(tmp_path / name, {name: text.encode()})
        [choice] = choices(item, week, names)
        found.append({name: answer.source for name, answer in choice.answers.items()})
        assert choice.taken[0]["exercises"] == names
    assert found[0] == found[1]


def test_a_script_counts_only_without_a_notebook(tmp_path):
    """With an answer, that is: a template or a broken file beside it doesn't count."""
    script = {"week1.py": PLAIN.encode()}
    [choice] = chosen(work(tmp_path / "a", {"a.ipynb": ("def expand(X): return 1",), **script}))
    assert choice.notebook == "a.ipynb"
    for name, other in (("b", (STUB.format("expand"),)), ("c", b"{"), ("d", ("x = 1",))):
        [choice] = chosen(work(tmp_path / name, {"a.ipynb": other, **script}))
        assert choice.notebook == "week1.py"
        assert "No notebook holds an answer, so the .py counts." in choice.notes


SOLUTIONS = config.solutions_path(1).read_bytes()
NO_ANSWER = {
    "solutions.py": SOLUTIONS,
    "solutions (1).py": PLAIN.encode(),
    "mine.py": SOLUTIONS,
    "spaced.py": b"# my own\n" + SOLUTIONS.replace(b"\n\n\n", b"\n\n\n\n"),
    "course-main/week1_linear_models/solutions.py": PLAIN.encode(),
    "course-main/utils/checks/week1/expand.py": PLAIN.encode(),
    "course-main/tests/answers/week1.py": PLAIN.encode(),
}


@pytest.mark.parametrize("is_zip", [True, False])
@pytest.mark.parametrize("name", NO_ANSWER)
def test_the_courses_own_files_are_no_answers(tmp_path, name, is_zip):
    """As in a zipped course folder; also under another name."""
    files = {name: NO_ANSWER[name]}
    if is_zip:
        files = {"course.zip": zipped(files)}
    with pytest.raises(NotGradable, match="no notebook|own solutions.py"):
        chosen(work(tmp_path, files))
    notebooks = {"course-main/week1_linear_models/week1.ipynb": notebook(RIGHT)}
    [choice] = chosen(work(tmp_path, {**files, **notebooks}))
    assert choice.notebook == "week1.ipynb" and not choice.answers["expand"].statements


def test_a_top_level_script_of_the_courses_name_says_so(tmp_path):
    """Nobody waits in vain for marks."""
    put(tmp_path, {"ann_1_2_solutions.py": PLAIN.encode(), "bo_2_3_week1.py": PLAIN.encode()})
    found = {item.name: item.problem for item in submissions.find(tmp_path)}
    assert "rename it" in found["ann"] and not found["bo"]


HOSTILE = {
    "a codec that unpacks": b"# coding: zip\nx = 1",
    "a codec that is slow": b"# coding: punycode\n" + b"x" * 1_000_000,
    "no text": b"\xff\xfe\x00x",
    "zeros": b"def expand(X): return 1\0",
    "too long": b"x = 1\n" * 30_000,
    "too many signs": b"x = [" + b"1," * 900_000 + b"]",
    "too large": b"#" * (21 << 20),
    "cells": b"# %%\n" * 5_000,
    "empty": b"\n\n",
    "depth": b"x = " + b"(" * 100_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_script(kind):
    """Refused within the bounds of notebooks, or read without an answer."""
    try:
        found = read_script(HOSTILE[kind])
    except NotGradable as error:
        assert len(str(error)) < 250
    else:
        assert kind == "depth" and len(found.cells) == 1


def test_many_scripts_are_a_library(tmp_path):
    """Beside a notebook they don't matter; alone they are no answer."""
    library = {f"lib/m{number}.py": b"x = 1" for number in range(150)}
    item = work(tmp_path / "a", library)
    assert "more than 100 .py" in item.problem
    item = work(tmp_path / "b", {**library, "week1.ipynb": (RIGHT,)})
    assert len(item.places) == 1 and not item.problem


def test_long_names_are_cut(tmp_path):
    """An archive's may have sixty thousand characters; none is read or shown whole."""
    spaces = f"a{' ' * 60_000}b - week1"
    files = {f"{spaces}.ipynb": ONE, f"Ann_1_assignsubmission_file/{'_1' * 9_000}.ipynb": ONE}
    files[f"{'_1' * 20_000}_assignsubmission_file/a.ipynb"] = TWO
    files["Ann_1_assignsubmission_file/b.ipynb"] = TWO
    found = submissions.find(packed(tmp_path / "all.zip", files))
    assert len(found) == 3 and all(len(item.name) <= 200 for item in found)
    [ann] = [item for item in found if item.name == "Ann"]
    assert all(len(note) < 600 for note in chosen(ann)[0].notes)


def test_a_report_among_the_submissions_is_nobodys(tmp_path):
    """Nor is a folder of reports; a learner's folder stays, whatever lies in it."""
    report = {"run.json": b"{}", "feedback/Ann/results.json": b"{}", "old.ipynb": ONE}
    put(tmp_path, {f"report/{name}": data for name, data in report.items()})
    put(tmp_path, {f"all/report 2/{name}": data for name, data in report.items()})
    put(tmp_path, {f"Mal_7_assignsubmission_file/{name}": data for name, data in report.items()})
    put(tmp_path, {"Ann.ipynb": ONE, "overrides.csv": b"x", "grading.toml": b"x"})
    assert sorted(people(tmp_path)) == ["Ann", "Mal"]


def points(item, pick="latest"):
    """Return (score, result) of a submission that is graded in a real box."""
    result = grade.grade(item, room(1).judge, room(1).kernel, pick=pick)
    right = {each.name for each in result.exercises if each.is_right}
    return right, result


GRAD = "def compute_grad(X, y, w):\n    return X.T @ (probability(X, w) - y) / len(y)"
PROBABILITY = "def probability(X, w):\n    return 0.5 + 0.5 * np.tanh(X @ w / 2)"
SPLITS = {
    "the later part calls": {
        "a-1.ipynb": (IMPORT, PROBABILITY, STUB.format("compute_grad")),
        "a-2.ipynb": (IMPORT, STUB.format("probability"), GRAD),
    },
    "the earlier part calls": {
        "a-1.ipynb": (IMPORT, STUB.format("probability"), GRAD),
        "a-2.ipynb": (IMPORT, PROBABILITY, STUB.format("compute_grad")),
    },
    "without a template": {"a-1.ipynb": (GRAD,), "a-2.ipynb": (IMPORT, PROBABILITY)},
    "a .py in two parts": {
        "a-1.py": GRAD.encode(),
        "a-2.py": f"{IMPORT}\n\n{PROBABILITY}\n".encode(),
    },
}


@needs_box
@pytest.mark.parametrize("kind", SPLITS)
def test_work_in_two_parts_counts_together(tmp_path, kind):
    """A call from one part finds the other's answer."""
    item = work(tmp_path, {**SPLITS[kind]})
    right, result = points(item)
    assert right == {"probability", "compute_grad"}, [each.details for each in result.exercises]
    assert len(result.taken) == 2 and "2 " in result.notes[-1]


@needs_box
def test_a_script_gets_the_points_of_the_notebook(tmp_path):
    """The same answers in both, right and wrong."""
    wrong = "def probability(X, w):\n    return X @ w"
    script = "\n\n".join([IMPORT, GOOD, wrong, RIGHT]).encode()
    first, of_notebook = points(work(tmp_path / "a", {"a.ipynb": (IMPORT, GOOD, wrong, RIGHT)}))
    second, of_script = points(work(tmp_path / "b", {"a.py": script}))
    assert first == second == {"expand", "sgd_step"}
    assert [each.reason for each in of_script.exercises if each.name == "probability"] == [
        each.reason for each in of_notebook.exercises if each.name == "probability"
    ]


@needs_box
def test_the_latest_counts_unless_the_best_is_asked_for(tmp_path):
    """A right answer in an older file."""
    files = {
        "a-1.ipynb": (IMPORT, GOOD, "def sgd_step(w, grad, eta): return w"),
        "a-2.ipynb": (IMPORT, "def expand(X): return X", RIGHT),
    }
    assert points(work(tmp_path / "a", files))[0] == {"sgd_step"}
    right, result = points(work(tmp_path / "b", files), "best")
    assert right == {"expand", "sgd_step"}
    assert [(each["notebook"], each["exercises"]) for each in result.taken] == [
        ("a-1.ipynb", ["expand"]),
        ("a-2.ipynb", ["sgd_step"]),
    ]
    assert "the best answer counts" in result.notes[-1]


MOODLE = {f"{name}_100{n}_assignsubmission_file/week1.ipynb": ONE for n, name in enumerate("ABC")}
CLASSROOM = {f"Week 1/{name} - week1.ipynb": ONE for name in ("Ann Lee", "Bo Chen", "Cem Ak")}
CANVAS = {f"{name}_7{n}_8{n}_week1.ipynb": ONE for n, name in enumerate(("ann", "bo", "cem"))}


@pytest.mark.parametrize(
    "entries", [MOODLE, CLASSROOM, CANVAS], ids=["Moodle", "Classroom", "Canvas"]
)
def test_the_export_of_a_class_in_a_folder_is_no_learners_work(tmp_path, entries):
    """Alone there, it is opened; beside other work, it is refused by itself, in words."""
    (tmp_path / "export.zip").write_bytes(zipped(entries))
    assert len(submissions.find(tmp_path)) == 3
    (tmp_path / "Zoe.ipynb").write_bytes(ONE)
    zoe, export = submissions.find(tmp_path)
    assert "holds the work of 3 people" in export.problem and not export.places
    assert zoe.places and not zoe.problem


def test_the_zip_file_of_one_learner_stays_one(tmp_path):
    """Whatever the learner calls what is in it: a number before the name is that of an LMS."""
    (tmp_path / "Ann_12_assignsubmission_file_work.zip").write_bytes(zipped(MOODLE))
    (tmp_path / "Bo.zip").write_bytes(zipped({"Bo - part 1.ipynb": ONE, "Bo - part 2.ipynb": ONE}))
    found = submissions.find(tmp_path)
    assert [item.name for item in found] == ["Ann", "Bo"] and all(item.places for item in found)
