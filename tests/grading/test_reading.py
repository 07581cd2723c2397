"""Submissions as they come: uploads from learning platforms, files that are broken or hostile."""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from utils.errors import CourseError
from utils.grading.canaries import notebook
from utils.grading.intake import submissions
from utils.grading.intake.learner_names import safe_name
from utils.grading.intake.reading import MAX_BYTES, NotGradable, read_bytes, read_sources

CODE = {"cell_type": "code", "source": "x = 1", "metadata": {}, "outputs": []}


def _notebook(**changes):
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [CODE], **changes}
    )


BROKEN = {
    "not JSON": ("{", "valid JSON"),
    "empty": ("", "valid JSON"),
    "cut off": (_notebook()[:-10], "valid JSON"),
    "not text": (b"\x80\x81\xff", "UTF-8"),
    "a list": ("[1, 2]", "not a notebook"),
    "nested without end": ("[" * 200_000, "valid JSON"),
    "nbformat 3": (json.dumps({"nbformat": 3, "worksheets": [{"cells": []}]}), "old format 3"),
    "no cells": (_notebook(cells=[]), "no cells"),
    "cells that are none": (_notebook(cells=[1, 2]), "no list of cells"),
    "only text": (_notebook(cells=[{"cell_type": "markdown", "source": "hi"}]), "no code"),
    "a source that is a number": (_notebook(cells=[{**CODE, "source": 3}]), "isn't text"),
    "R": (_notebook(metadata={"kernelspec": {"name": "ir", "language": "R"}}), "for R"),
    "R by its name": (_notebook(metadata={"kernelspec": {"name": "ir"}}), "for R"),
    "Julia": (_notebook(metadata={"language_info": {"name": "julia"}}), "for julia"),
    "too many cells": (_notebook(cells=[CODE] * 3000), "more than 2,000 cells"),
    "too much code": (_notebook(cells=[{**CODE, "source": "x" * 3_000_000}]), "characters of code"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_says_what_is_wrong(name):
    """One line for learner and instructor."""
    data, words = BROKEN[name]
    with pytest.raises(NotGradable, match=words):
        read_sources(data if isinstance(data, bytes) else data.encode())


def test_what_a_file_claims_of_its_outputs_is_not_read():
    """Outputs, widgets and metadata of any shape don't matter."""
    cell = {**CODE, "outputs": [{"output_type": "stream", "text": 5, "size": 10**18}]}
    data = _notebook(cells=[cell], metadata={"kernelspec": 3, "widgets": [None]})
    assert read_sources(data.encode()).cells == ["x = 1"]


def test_a_notebook_with_a_mark_of_its_bytes_and_duplicate_ids():
    """Both occur, and neither costs anything."""
    cells = [{**CODE, "id": "a"}, {**CODE, "id": "a"}]
    sources = read_sources(b"\xef\xbb\xbf" + _notebook(cells=cells).encode())
    assert len(sources.cells) == 2
    assert "share an id" in sources.notes[0]


def test_files_that_are_no_files(tmp_path):
    """A link, a pipe, a folder, a file of 50 MB: refused without being read."""
    (tmp_path / "target.ipynb").write_text("{}")
    link, pipe, big = (tmp_path / name for name in ("link.ipynb", "pipe.ipynb", "big.ipynb"))
    link.symlink_to("target.ipynb")
    os.mkfifo(pipe)
    with open(big, "wb") as file:
        file.truncate(50 << 20)
    for path, words in ((link, "symbolic link"), (pipe, "isn't a regular"), (big, "50 MB")):
        with pytest.raises(NotGradable, match=words):
            read_bytes(path)
    with pytest.raises(NotGradable):
        read_bytes(tmp_path)


def _zip(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)


def test_the_uploads_of_learning_platforms(tmp_path):
    """Moodle's folders, Canvas's flat files, zip files, names with spaces and accents."""
    one = notebook("x = 1")
    moodle = tmp_path / "José Núñez_4711_assignsubmission_file"
    moodle.mkdir()
    (moodle / "week 1.ipynb").write_bytes(one)
    (moodle / ".ipynb_checkpoints").mkdir()
    (moodle / ".ipynb_checkpoints" / "week 1-checkpoint.ipynb").write_bytes(one)
    (tmp_path / "doeamy_LATE_123_456_week1.ipynb").write_bytes(one)
    _zip(tmp_path / "Zoë.zip", {"work/week1.ipynb": one, "__MACOSX/work/._week1.ipynb": b"junk"})
    (tmp_path / "empty folder").mkdir()
    (tmp_path / "notes.txt").write_text("hi")
    found = {item.upload: item for item in submissions.find(tmp_path)}
    assert len(found) == 4
    assert found["José Núñez_4711_assignsubmission_file"].learner == ("José Núñez", "4711")
    assert found["doeamy_LATE_123_456_week1"].learner == ("doeamy", "123")
    assert [len(list(item.notebooks())) for item in found.values()].count(1) == 3
    assert "no notebook" in found["empty folder"].problem
    assert next(found["Zoë"].notebooks())[1] == one


def test_a_batch_in_one_zip(tmp_path):
    """One submission for each folder or file at its top."""
    one = notebook("x = 1")
    path = tmp_path / "all.zip"
    _zip(
        path, {"Anna/a.ipynb": one, "Anna/b.ipynb": one, "../../etc/Bob.ipynb": one, "C.ipynb": one}
    )
    found = submissions.find(path)
    assert [item.name for item in found] == ["..", "Anna", "C"]
    assert all("/" not in item.folder and item.folder.strip(".") for item in found)
    assert len(list(found[1].notebooks())) == 2


def test_a_zip_bomb_and_other_archives(tmp_path):
    """Unpacked within a limit, whatever the archive states; broken ones say so."""
    _zip(tmp_path / "bomb.zip", {"week1.ipynb": b" " * (MAX_BYTES + 10)})
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04" + b"x" * 100)
    info = zipfile.ZipInfo("link.ipynb")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    found = {item.name: item for item in submissions.find(tmp_path)}
    assert "damaged" in found["broken"].problem
    assert "zip bomb" in str(next(found["bomb"].notebooks())[1])
    assert "symbolic link" in str(next(found["link"].notebooks())[1])


def test_a_symbolic_link_is_not_followed(tmp_path):
    """Neither as a file nor as a folder."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.ipynb").write_bytes(notebook("x = 1"))
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "folder").symlink_to(tmp_path / "elsewhere")
    (inside / "file.ipynb").symlink_to(tmp_path / "elsewhere" / "a.ipynb")
    assert all("symbolic link" in item.problem for item in submissions.find(inside))


@pytest.mark.parametrize(
    "name", ["..", "a/b", "con:", " x ", "", "é" * 300, "\u202ea", "x\x00y", "."]
)
def test_names_of_folders_are_safe(name, tmp_path):
    """Whatever an LMS calls a submission, its reports lie in one folder below the reports'."""
    folder = safe_name(name)
    assert folder and folder not in (".", "..") and "/" not in folder and "\x00" not in folder
    (tmp_path / folder).mkdir()
    assert [item.parent for item in tmp_path.iterdir()] == [tmp_path]


def test_names_that_clash_get_numbers(tmp_path):
    """Two learners of one name keep their reports apart."""
    for name in ("A.ipynb", "a.ipynb"):
        (tmp_path / name).write_bytes(notebook("x = 1"))
    assert sorted(item.folder for item in submissions.find(tmp_path)) == ["A", "a (2)"]


def test_nothing_to_grade(tmp_path):
    """Said in words."""
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(CourseError, match="There is no"):
            submissions.find(place)


def test_many_entries(tmp_path):
    """An archive with more names than any notebook needs is refused."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(20_001):
            archive.writestr(f"{number}.txt", "")
    path = tmp_path / "many.zip"
    path.write_bytes(buffer.getvalue())
    assert "entries" in submissions.find(path)[0].problem
    assert Path(path).exists()
