"""What an LMS hands over: nobody is lost, nothing is loaded without end, no name claims a row."""

import zipfile
from argparse import Namespace

import pytest

from tests.support.importers import Canvas, Work
from tests.support.uploads import ONE, TWO, zipped
from utils.errors import CourseError
from utils.grading.intake import submissions
from utils.grading.marks import final
from utils.grading.marks.rules import Rules
from utils.grading.reports.imports import fill_tables, read_tables
from utils.grading.results import ExerciseResult, Status, SubmissionResult


def damaged():
    """Return an archive whose one notebook can't be unpacked."""
    data = bytearray(zipped({"week1.ipynb": TWO * 20}, compression=zipfile.ZIP_LZMA))
    data[60:90] = b"\xff" * 30
    return bytes(data)


def test_a_batch_in_a_zip_loses_nobody(tmp_path):
    """A zip in the zip is read, and a .py; who handed in neither is told so; junk beside one is
    none."""
    inner = zipped({"week1.ipynb": TWO})
    path = tmp_path / "all.zip"
    path.write_bytes(
        zipped(
            {
                "export/Ann_1_assignsubmission_file/week1.ipynb": ONE,
                "export/Bob_2_assignsubmission_file/week1.zip": inner,
                "export/Cem_3_assignsubmission_file/week1.pdf": b"x = 1",
                "export/Dora_4_assignsubmission_file/": b"",
                "export/Eve_5_assignsubmission_file/week1.zip": b"PK\x03\x04junk",
                "export/Ann_1_assignsubmission_onlinetext/onlinetext.html": b"hi",
                "export/fay_6_66_week1.pdf": b"x = 1",
                "export/gil_7_77_week1.py": b"x = 1",
                "export/readme.txt": b"hi",
            }
        )
    )
    found = {item.learner[0]: item for item in submissions.find(path)}
    assert list(found) == ["Ann", "Bob", "Cem", "Dora", "Eve", "fay", "gil"]
    assert next(found["Ann"].notebooks()) == ("export/Ann_1_assignsubmission_file/week1.ipynb", ONE)
    assert next(found["Bob"].notebooks()) == ("week1.ipynb", TWO)
    assert next(found["gil"].notebooks()) == ("export/gil_7_77_week1.py", b"x = 1")
    for name, words in (
        ("Cem", "no notebook"),
        ("Dora", "no notebook"),
        ("fay", "isn't a notebook"),
    ):
        assert words in found[name].problem
    assert "damaged" in found["Eve"].problem
    mixed = tmp_path / "mixed.zip"
    mixed.write_bytes(zipped({"/etc/a.ipynb": ONE, "b.ipynb": ONE}))
    assert [item.name for item in submissions.find(mixed)] == ["b", "etc"]


def test_a_long_list_of_entries_is_not_loaded(tmp_path):
    """A zip file's list of 5 MB is refused before it is read; damaged entries say so."""
    path = tmp_path / "Eve.zip"
    path.write_bytes(zipped({f"{'x' * 5000}{number}": b"" for number in range(1000)}))
    (tmp_path / "lzma.zip").write_bytes(damaged())
    eve, lzma = submissions.find(tmp_path)
    assert "more than 20,000 entries" in eve.problem
    assert "damaged" in str(next(lzma.notebooks())[1])


def test_reports_lie_outside_the_submissions(tmp_path):
    """Beside them at most, where they count as no submission; not in a learner's folder."""
    (tmp_path / "Ann").mkdir()
    (tmp_path / "Ann" / "week1.ipynb").write_bytes(ONE)
    (tmp_path / "report").mkdir()
    assert [item.name for item in submissions.find(tmp_path, tmp_path / "report")] == ["Ann"]
    for out in (tmp_path, tmp_path / "Ann" / "report"):
        with pytest.raises(CourseError, match="outside"):
            submissions.find(tmp_path, out)


def test_a_name_claims_nobody_elses_row(tmp_path):
    """The number that the LMS gave counts, not the file's; a number claimed twice gets no score."""
    names = (
        "doeamy_123_456_week1.ipynb",
        "evil_666_457_x_123_assignsubmission_file.ipynb",
        "Evil Eve_66_assignsubmission_file_x_12_assignsubmission_.ipynb",
        "twin_7_1_a.ipynb",
        "twice_7_2_b.ipynb",
    )
    for name in names:
        (tmp_path / name).write_bytes(ONE)
    found = submissions.find(tmp_path)
    assert {item.learner[1] for item in found} == {"123", "666", "66", "7"}
    right = ExerciseResult("expand", 1, Status.GRADED, score=1)
    results = [
        SubmissionResult(item.name, item.folder, 1, 1, 17, exercises=[right]) for item in found
    ]
    marks = final.marks(results, found, Rules(1))
    students = {"123": "Doe, Amy", "666": "evil", "66": "Evil Eve", "7": "Twin", "12": "Nobody"}
    lms = Canvas(students, {"5": Work("Week 1", 17)})
    (tmp_path / "canvas.csv").write_bytes(lms.export())
    named = Namespace(moodle=None, canvas=tmp_path / "canvas.csv", column=None, week=1)
    fill_tables(tmp_path, read_tables(named), marks)
    lms.take((tmp_path / "grades-canvas.csv").read_bytes())
    assert lms.works["5"].grades == {"123": 1, "666": 1, "66": 1}


INNER = "Eve_1001_assignsubmission_file/week1.ipynb"
CLAIMS = {  # what is handed in → the numbers that it may have
    "a folder in the only folder": ({f"Mallory/{INNER}": ONE}, {""}),
    "a folder in the only folder's folder": ({f"export/Mallory/{INNER}": ONE}, {""}),
    "a folder in a learner's folder": ({f"Mal_7_assignsubmission_file/{INNER}": ONE}, {"7"}),
    "a way up": (
        {f"Mal_7_assignsubmission_file/../{INNER}": ONE, "Bo_8_8_a.ipynb": ONE},
        {"7", "8"},
    ),
    "a zip in a learner's folder": (
        {"Mal_7_assignsubmission_file/Eve_1001_2_x.zip": zipped({INNER: ONE})},
        {"7"},
    ),
    "the learner's own name": (
        {"Eve_1001_assignsubmission_7_assignsubmission_file/a.ipynb": ONE},
        {"7"},
    ),
    "a name as Canvas writes it": ({"Eve_1001_5_7_assignsubmission_file/a.ipynb": ONE}, {"7"}),
    "other digits": ({"Eve_１００１_assignsubmission_file/a.ipynb": ONE}, {""}),
    "a zero in front": ({"Eve_01001_assignsubmission_file/a.ipynb": ONE}, {"1001"}),
}


@pytest.mark.parametrize("is_zip", [True, False])
@pytest.mark.parametrize("way", CLAIMS)
def test_no_name_inside_an_upload_claims_a_number(tmp_path, way, is_zip):
    """Only the name that the LMS gave does, in a batch's zip file as in a folder."""
    entries, wanted = CLAIMS[way]
    path = tmp_path / "all.zip"
    path.write_bytes(zipped(entries))
    if not is_zip:
        path = tmp_path / "all"
        for name, data in entries.items():
            place = path / name.replace("../", "up/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    found = submissions.find(path)
    assert {item.learner[1] for item in found} == wanted
    assert all(item.places for item in found)


@pytest.mark.parametrize("name", ["Mal_7_assignsubmission_file.zip", "mal_7_70_week1.zip"])
def test_one_learners_upload_is_no_batch(tmp_path, name):
    """Graded alone, it is that learner's, whatever lies in it."""
    path = tmp_path / name
    path.write_bytes(zipped({INNER: ONE, INNER.replace("1001", "1002"): ONE}))
    [found] = submissions.find(path)
    assert found.learner[1] == "7" and len(found.places) == 2
