"""What tests of several folders share; names the tests that could not run here, for `.ci/run`."""

import gc
import os
import tempfile

import pytest

from tests.support import fake_mirror, scheduling
from utils import config as course
from utils import places

GROUP = pytest.StashKey[str]()  # of the test before


@pytest.fixture(scope="module")
def mirror(tmp_path_factory):
    """A mirror of tiny archives."""
    folder = tmp_path_factory.mktemp("mirror")
    fake_mirror.build(folder)
    return folder


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The user's own cache folder and the one for temporary files, both empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setattr(places, "_said", set())
    (tmp_path / "home").mkdir()
    (tmp_path / "tmp").mkdir()
    return tmp_path / "home" / places.COURSE


def pytest_configure(config):
    """Keep this session's own course variables out of the tests; those that need one set it."""
    for name in ("COURSE_PROFILE", "COURSE_SOLUTIONS", "COURSE_REPOSITORY"):
        os.environ.pop(name, None)
    folder = tempfile.TemporaryDirectory()
    os.environ["COURSE_PROGRESS"] = os.path.join(folder.name, "progress.json")
    config.add_cleanup(folder.cleanup)


def pytest_runtest_setup(item):
    """What imports and earlier tests have left is there for good: the garbage collector needn't
    look at it, again and again, while networks are built (a seventh of those tests' time)."""
    group = scheduling.group_of(item.nodeid)
    if item.session.stash.get(GROUP, None) != group:
        item.session.stash[GROUP] = group
        gc.collect()
        gc.freeze()


@pytest.hookimpl(optionalhook=True)  # where xdist is not there, or switched off
def pytest_xdist_make_scheduler(config, log):
    return scheduling.ByExerciseOrFile(config, log)


def pytest_terminal_summary(terminalreporter):
    """Write each skipped test and its reason to build/skipped-*.txt."""
    skipped = terminalreporter.stats.get("skipped", [])
    lines = [f"{report.nodeid}: {report.longrepr[2]}" for report in skipped]
    folder = course.ROOT / "build"
    folder.mkdir(exist_ok=True)
    slow = "slow" if "not slow" not in terminalreporter.config.option.markexpr else "fast"
    (folder / f"skipped-{slow}.txt").write_text(
        "\n".join(lines) + "\n" * bool(lines), encoding="utf-8"
    )
