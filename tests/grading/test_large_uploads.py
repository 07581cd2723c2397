"""What is large or nested is refused within seconds and 500 MB, in one sentence."""

import io
import json
import subprocess
import sys
import time
import zipfile

import pytest

from tests.support.uploads import ONE, zipped
from utils import config
from utils.grading.canaries import notebook
from utils.grading.intake import submissions

# In a process of its own: the most memory that one ever had can't be set back.
READ = """
import json, resource, sys, time
from pathlib import Path
from utils.checks.exercise import exercise_names
from utils.grading.intake import submissions
from utils.grading.intake.choose import choices
from utils.grading.intake.reading import NotGradable

start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
said = []
for work in submissions.find(Path(sys.argv[1])):
    try:
        choices(work, 1, exercise_names(1))
        said.append("")
    except NotGradable as error:
        said.append(str(error))
grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10
print(json.dumps([said, time.monotonic() - start, grown]))
"""


def read(path):
    """Return (what was said of each submission, seconds, MB by which the process grew)."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], cwd=config.ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _json(piece, number):
    """Return a notebook of many small pieces, as bytes."""
    return b'{"nbformat": 4, "metadata": {"a": [' + piece * number + b'1]}, "cells": []}'


FILES = {
    "statements": (notebook("x\n" * 500_000), "20,000 lines of code"),
    "statements in a line": (notebook("x;" * 500_000), "20,000 lines of code"),
    "a long list": (notebook("x = [" + "1," * 900_000 + "]"), "500,000 names and signs"),
    "a long sum": (notebook("x = " + "1+" * 900_000 + "1"), "500,000 names and signs"),
    "almost too many": (notebook("x = [" + "1," * 249_000 + "]"), "none of this week's"),
    "cells": (notebook(*[""] * 2_001), "more than 2,000 cells"),
    "objects": (_json(b"{},", 6_900_000), "500,000 objects"),
    "lists": (_json(b"[1],", 4_900_000), "500,000 objects"),
    "texts": (_json(b'"ab",', 3_900_000), "no cells"),
    "brackets": (_json(b"[", 400_000), "isn't valid JSON"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_many_small_parts(tmp_path, kind):
    """Parsed, each would take far more memory than in the file."""
    data, words = FILES[kind]
    (tmp_path / "Eve.ipynb").write_bytes(data)
    [said], seconds, grown = read(tmp_path)
    assert words in said and said.count(". ") <= 1
    assert seconds < 20 and grown < 500


def nested(depth):
    """Return a notebook in a zip file in a zip file …"""
    data, name = ONE, "week1.ipynb"
    for _ in range(depth):
        data, name = zipped({name: data}), "a.zip"
    return data


def _folder(entries):
    return {f"Mal_7_assignsubmission_file/{name}": data for name, data in entries.items()}


EMPTY = bytes(49 << 20)
ARCHIVES = {
    "a thousand levels": (_folder({"a.zip": nested(1000)}), "unpack them"),
    "thousands in one": (
        _folder({"a.zip": zipped({f"{number}.zip": b"" for number in range(5000)})}),
        "zip files",
    ),
    "thousands": (_folder({f"{number}.zip": nested(3) for number in range(3000)}), "zip files"),
    "large ones": (_folder({f"{number}.zip": EMPTY for number in range(7)}), "zip file"),
}


@pytest.mark.parametrize("is_zip", [True, False])
@pytest.mark.parametrize("kind", ARCHIVES)
def test_archives_in_archives(tmp_path, kind, is_zip):
    """In a batch's zip file as in a folder."""
    entries, words = ARCHIVES[kind]
    path = tmp_path / "all.zip"
    path.write_bytes(zipped(entries, compression=zipfile.ZIP_DEFLATED))
    if not is_zip:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            archive.extractall(tmp_path / "all")
        path = tmp_path / "all"
    [said], seconds, grown = read(path)
    assert words in said and said.count(". ") <= 1
    assert seconds < 20 and grown < 500


def test_a_cohort_of_zip_files_in_one(tmp_path):
    """The list of 4,000 entries is read once, not once a learner."""
    inner = nested(1)
    names = [
        f"M_{person}_assignsubmission_file/{n}.zip" for person in range(1, 801) for n in range(5)
    ]
    (tmp_path / "all.zip").write_bytes(zipped(dict.fromkeys(names, inner)))
    start = time.monotonic()
    found = submissions.find(tmp_path / "all.zip")
    assert len(found) == 800 and all(len(item.places) == 5 for item in found)
    assert time.monotonic() - start < 15
