"""Profiles, seeds, and the line that describes the machine."""

import subprocess
import sys

import numpy as np
import pytest

from utils import config
from utils.errors import CourseError


@pytest.mark.parametrize("name", config.PROFILES)
def test_pick_follows_the_asked_profile(monkeypatch, name):
    monkeypatch.setenv("COURSE_PROFILE", name)
    assert config.profile() == name
    assert config.pick(tiny="tiny", cpu="cpu", gpu="gpu") == name


def test_without_a_profile_the_machine_decides(monkeypatch):
    monkeypatch.delenv("COURSE_PROFILE", raising=False)
    assert config.asked_profile() is None
    assert config.profile() == ("gpu" if config.find_gpu() else "cpu")


def test_unknown_profile_names_the_nearest(monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "tinny")
    with pytest.raises(CourseError, match="tiny, cpu, gpu; it is 'tinny'. Did you mean 'tiny'"):
        config.profile()


def test_solutions_flag(monkeypatch):
    for value, wanted in (("1", True), ("0", False), ("", False)):
        monkeypatch.setenv("COURSE_SOLUTIONS", value)
        assert config.use_solutions() is wanted
    monkeypatch.setenv("COURSE_SOLUTIONS", "yes")
    with pytest.raises(CourseError, match="must be 1 or 0; it is 'yes'"):
        config.use_solutions()


def test_description_is_one_line_that_names_the_profile(monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "tiny")
    text = config.describe_machine()
    assert "\n" not in text
    assert "profile tiny" in text and "your answers" in text


def test_seed_repeats():
    first = config.set_seed(3).random(4), np.random.random(4)
    second = config.set_seed(3).random(4), np.random.random(4)
    np.testing.assert_array_equal(first, second)


def test_importing_utils_imports_nothing_heavy():
    code = "import sys, utils, utils.course; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=config.ROOT, capture_output=True, text=True, check=True
    )
    heavy = {"numpy", "matplotlib", "tensorflow", "keras", "sklearn", "IPython"}
    assert not heavy & set(done.stdout.split())
