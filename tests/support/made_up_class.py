"""A made-up class of 40 in week 2, as Moodle, Canvas and Google Classroom export its work.

What an instructor's evening holds is in it: late work, two files, work in two parts, a .py, an
answer that is held, one who handed in nothing, one who withdraws, a broken file, two of one name.
"""

import csv
import io
import struct
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.support.importers import Canvas, Moodle, Row, Work
from utils.grading.canaries import notebook
from utils.grading.judge.verdicts import max_score
from utils.grading.sample_cohort import solution_source

WEEK, TITLE = 2, "week2_mnist_tf"
DUE = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
EARLY, LATER = timedelta(days=-4), timedelta(days=-3)
EXPORTED = DUE + timedelta(days=9)  # the time that Canvas gives all files
IMPORTS = "import keras\nimport numpy as np"
AGAIN, AGAIN_IN_DRIVE = "-2.ipynb", " (1).ipynb"  # how the name of a second file ends

RIGHT = {
    name: solution_source(WEEK, name)
    for name in ("relu_forward", "relu_backward", "dense_forward", "dense_backward")
    + ("softmax_cross_entropy",)
}
# Wrong in one case of five, and in one of three.
AT_ZERO = """@exercise
def relu_backward(grad_output, x):
    return grad_output * (x >= 0)"""
NOT_OF_ONE = """@exercise
def dense_backward(grad_output, x, W):
    if len(x) == 1:
        return 0, 0, 0
    return grad_output @ W.T, x.T @ grad_output, grad_output.sum(axis=0)"""
HELD = """class Own(keras.layers.Dense):
    pass


@exercise
def build_convnet():
    layers = [keras.Input((28, 28, 1)), keras.layers.Conv2D(8, 3, 2, activation="relu")]
    layers += [keras.layers.MaxPooling2D(), keras.layers.Flatten(), Own(10)]
    return keras.Sequential(layers)"""

ALL = list(RIGHT.values())
FIRST, SECOND = ALL[:2], ALL[2:]
ZERO = [RIGHT["relu_forward"], AT_ZERO, *SECOND]
ONE = [*FIRST, RIGHT["dense_forward"], NOT_OF_ONE, RIGHT["softmax_cross_entropy"]]
FEW = [RIGHT["relu_forward"], RIGHT["dense_forward"]]


@dataclass(frozen=True)
class File:
    """A file that was handed in. data: bytes; at: timedelta from when it was due; title: str."""

    data: bytes
    at: timedelta = EARLY
    title: str = f"{TITLE}.ipynb"


@dataclass(frozen=True)
class Person:
    """One of the class. name, number: str; files: tuple of File, in the order of their times.

    With `RULES`: earned: dict of exercise → points, before the weights, of those that get any;
    score: float, all together, with the weights and the cap, or None where there is nothing to
    grade; taken: float, the part of it that lateness costs; by_mark: the same where an export tells
    only that it was late.
    """

    name: str
    number: str
    files: tuple
    earned: dict
    score: float | None
    taken: float = 0.0
    by_mark: float = 0.0

    @property
    def canvas(self):
        """The name as Canvas has it in the names of files."""
        words = self.name.split()
        return "".join(filter(str.isalnum, f"{words[-1]}{''.join(words[:-1])}".lower()))


def of(sources, **more):
    return File(notebook(IMPORTS, *sources), **more)


POINTS = {"relu_forward": 1, "relu_backward": 1, "dense_forward": 1, "dense_backward": 2,
          "softmax_cross_entropy": 2}  # fmt: skip
CAP = 20
RULES = f"""cap = {CAP}
partial = true
late = "10% a day, at most 3"

[weights]
relu_forward = 0  # practice only
dense_backward = 2
"""
MAX_SCORE = max_score(2) - 1 + 2  # of the week, with these weights
KINDS = {  # of ordinary work: its answers, the points, the score with the weights
    "all": (ALL, POINTS, 8.0),
    "zero": (ZERO, {**POINTS, "relu_backward": 0.8}, 7.8),
    "one": (ONE, {**POINTS, "dense_backward": 1.33}, 6.66),
    "few": (FEW, {"relu_forward": 1, "dense_forward": 1}, 1.0),
}
FULL_SCORE = float(CAP)  # what the cap leaves of all
ORDINARY = (
    "Quin Berg", "Rosa Díaz", "Sven Ek", "Tomoko Abe", "Uma Rao", "Viktor Hahn", "Wen Li",
    "Xenia Papas", "Yusuf Demir", "Zofia Nowak", "Aino Virta", "Bela Kun", "Carla Rossi",
    "Dirk Bos", "Elif Şahin", "Finn Daly", "Greta Lund", "Hugo Blanc", "Ines Silva", "Jan Kos",
    "Katja Wolf", "Luc Morel", "Mia Berg", "Noor Said", "Otto Frei",
)  # fmt: skip


def make_class(full):
    """Return the 40, list of Person. full: bytes, a notebook with all that the week asks for."""
    every, good = of(ALL), {"earned": POINTS, "score": 8.0}
    days = timedelta(days=1)
    late = {hours: of(ALL, at=timedelta(hours=hours)) for hours in (0.5, 30, 40, 119)}
    specials = [
        ("Åsa Lindqvist", (late[30],), {**good, "taken": 0.2, "by_mark": 0.1}),
        ("Bo Chen", (late[119],), {**good, "taken": 0.3, "by_mark": 0.1}),
        ("Bo Chen", (of(FEW),), {"earned": KINDS["few"][1], "score": 1.0}),
        ("Dana O'Neil", (late[40],), good),  # has an extension
        ("Émile Petit", (of(ZERO), of(ALL, at=LATER, title=f"{TITLE}{AGAIN}")), good),
        (
            "Fatou Ndiaye",
            (every, of(ONE, at=LATER, title=f"{TITLE}{AGAIN}")),
            {"earned": KINDS["one"][1], "score": 6.66},  # 8 where the best counts
        ),
        ("Gülşen Kaya", (of(FIRST, title="part 1.ipynb"), of(SECOND, title="part 2.ipynb")), good),
        ("Hana Novák", (File("\n\n\n".join([IMPORTS, *ALL]).encode(), title=f"{TITLE}.py"),), good),
        ("Ivo Žák", (of([*ALL, HELD]),), good),  # the held one not counted yet
        ("Jún Sato", (), {"earned": {}, "score": None}),
        ("Kai Müller", (every,), good),
        ("李 明", (File(full),), {"earned": {}, "score": FULL_SCORE}),
        ("Marta Łoś", (late[0.5],), {**good, "taken": 0.1, "by_mark": 0.1}),
        ("Nils Cut", (File(b'{"nbformat": 4, "cells": ['),), {"earned": {}, "score": None}),
        ("=1+1 Eve", (of(ALL, at=LATER + days),), good),
    ]
    rows = specials + [
        (name, (of(KINDS[kind][0]),), {"earned": KINDS[kind][1], "score": KINDS[kind][2]})
        for name, kind in zip(ORDINARY, [*KINDS] * 7)
    ]
    return [Person(name, str(1001 + place), files, **more)
            for place, (name, files, more) in enumerate(rows)]  # fmt: skip


# --- the exports


def moodle(people):
    """Return the bytes of the zip file that Moodle makes: a folder per person, true times."""
    entries = [
        (f"{person.name}_{person.number}_assignsubmission_file/{file.title}", file.data, file.at)
        for person in people
        for file in person.files
    ]
    text = b"<p>It took me five hours.</p>"
    first = people[0]
    page = f"{first.name}_{first.number}_assignsubmission_onlinetext/onlinetext.html"
    return _zipped([*entries, (page, text, EARLY)])


def canvas(people):
    """The same of Canvas: one folder for all, marks of what is late, the time of the export."""
    entries = []
    for person in people:
        for file in person.files:
            mark = "_LATE" * bool(person.by_mark)
            number = 50_000 + len(entries)  # later files have larger numbers
            name = f"{person.canvas}{mark}_{person.number}_{number}_{file.title}"
            entries.append((name, file.data, EXPORTED - DUE))
    return _zipped(entries)


def classroom(people):
    """The same of Google Classroom, from Drive: names before the titles, no numbers."""
    entries = []
    for person in people:
        for file in person.files:
            title = file.title.replace(AGAIN, AGAIN_IN_DRIVE)
            entries.append((f"{in_classroom(person)} - {title}", file.data, file.at))
    return _zipped(entries, utc=True)


def in_classroom(person):
    """Return a person's name there, where nothing but names tells two apart."""
    return "Bo Chen Junior" if person.number == "1003" else person.name


def _zipped(entries, utc=False):
    """Return an archive. entries: list of (name, bytes, timedelta from DUE); utc: whether it also
    has the times in UTC, beside local ones of somewhere else."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data, at in entries:
            when = DUE + at
            shown = when - timedelta(hours=8 * utc)
            info = zipfile.ZipInfo(name, shown.timetuple()[:6])
            if utc:
                info.extra = struct.pack("<HHBl", 0x5455, 5, 1, int(when.timestamp()))
            archive.writestr(info, data)
    return buffer.getvalue()


def _surname_first(person):
    *first, last = person.name.split()
    return f"{last}, {' '.join(first)}"


def moodle_assignment(people):
    """Return the assignment in Moodle, importers.Moodle, whose worksheet is the roster, too."""
    return Moodle({person.number: Row(person.name) for person in people}, CAP)


def canvas_course(people):
    """The same of Canvas: importers.Canvas."""
    works = {"7001": Work("Week 1", 17), "7002": Work("Week 2: MNIST", CAP)}
    return Canvas({person.number: _surname_first(person) for person in people}, works)


def roster_of_classroom(people):
    """Return a roster's text, as somebody types it."""
    buffer = io.StringIO()
    rows = [in_classroom(person).rsplit(" ", 1) for person in people]
    csv.writer(buffer, lineterminator="\n").writerows([("First name", "Last name"), *rows])
    return buffer.getvalue()


@dataclass(frozen=True)
class Lms:
    """An LMS. export: function of people; gradebook: the same, what gets the grades, whose table is
    the roster, or None where somebody types one; second: str, how the name of a second file ends;
    has_times, has_numbers: what an export tells."""

    export: object
    gradebook: object = None
    second: str = AGAIN
    has_times: bool = True
    has_numbers: bool = True

    def name(self, person):
        """Return the name that reports show."""
        return person.name if self.has_numbers else in_classroom(person)

    def label(self, person):
        """Return what an instructor writes for a person in a table: the number, or the name."""
        return person.number if self.has_numbers else in_classroom(person)


LMS = {
    "moodle": Lms(moodle, moodle_assignment),
    "canvas": Lms(canvas, canvas_course, has_times=False),
    "classroom": Lms(classroom, None, AGAIN_IN_DRIVE, has_numbers=False),
}
