"""The doctor, as a process of its own: what it finds, and what it says to do."""

import re
import subprocess
import sys

import pytest

from tests.support.helpers import environment
from utils import config, doctor, packages


def run_doctor(*options, **changes):
    """Run the doctor; return its exit status and what it printed."""
    settings = {"COURSE_PROFILE": "tiny", "COURSE_TIMEOUT": "2"} | changes
    done = subprocess.run(
        [sys.executable, *options, "-m", "utils.doctor"],
        cwd=config.ROOT,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout


def test_this_machine_needs_nothing(tmp_path):
    """The doctor finds nothing wrong with the environment that runs the tests."""
    status, said = run_doctor(COURSE_DATA=str(tmp_path))
    assert status == 0, said
    assert said.endswith("Nothing to fix.\n")
    assert "packages, all in versions that the course supports" in said
    assert "week3: 6 of 6 files are missing" in said
    assert "python -m utils.download week3" in said


def test_missing_packages_are_named(tmp_path):
    """Without the environment's packages the doctor still runs, and says what to install."""
    status, said = run_doctor("-S", COURSE_DATA=str(tmp_path))
    assert status == 1
    assert "isn't installed" in said and "make lab" in said


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("COURSE_PROFILE", "cpus", "Did you mean 'cpu'?"),
        ("COURSE_SOLUTIONS", "yes", "COURSE_SOLUTIONS must be 1 or 0"),
        ("COURSE_MIRROR", "http://127.0.0.1:9", "COURSE_MIRROR, http://127.0.0.1:9"),
        ("COURSE_MIRROR", "nowhere", "has no registry.toml"),
    ],
)
def test_wrong_settings_are_named(tmp_path, name, value, words):
    """A setting that can't be used is a problem, with what to do; the rest is still checked."""
    status, said = run_doctor(COURSE_DATA=str(tmp_path), **{name: value})
    assert status == 1
    assert words in said
    assert "1 to fix" in said and "bubblewrap" in said


def test_a_version_outside_the_range_is_named():
    """The range, the installed version, and the command that fixes it."""
    from packaging.requirements import Requirement

    (found,) = doctor._packages([Requirement("numpy<1")])
    assert found.state == "problem"
    assert "numpy: <1 is needed" in str(found)
    assert "pip install 'numpy<1'" in found.do


def test_a_module_that_another_package_brings_is_no_problem(tmp_path, monkeypatch):
    """As tensorflow-cpu brings `tensorflow`; without it, the package is missing."""
    from packaging.requirements import Requirement

    needed = Requirement("made-up-name-of-tests>=1")
    monkeypatch.setitem(packages.MODULES, needed.name, "made_up_module_of_tests")
    (found,) = doctor._packages([needed])
    assert found.state == "problem" and "but it isn't installed" in found.what
    (tmp_path / "made_up_module_of_tests.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    (found,) = doctor._packages([needed])
    assert found.state == "note" and "comes from another package" in found.what


def test_week_one_asks_for_what_it_needs_alone(tmp_path, monkeypatch):
    """In the ranges that all weeks have; a notebook's folder says which week it is."""
    more = set(packages.lines(packages.WEEK1)) - set(packages.lines(packages.ALL))
    assert {re.match(r"[\w-]+", line)[0] for line in more} == {"ipykernel", "jupyterlab"}
    for week, file in ((1, packages.WEEK1), (2, packages.ALL)):
        monkeypatch.chdir(config.notebook_path(week).parent)
        assert packages.needed_here() == file
    monkeypatch.chdir(tmp_path)
    assert packages.needed_here() == packages.ALL


def test_the_quick_part_is_silent_where_all_is_well(capsys):
    """The setup cell prints more lines only if something needs fixing."""
    doctor.say_problems()
    assert capsys.readouterr().out == ""
