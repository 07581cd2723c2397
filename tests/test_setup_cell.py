"""The setup cell finds the course from anywhere, and fetches it into an empty folder."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.helpers import build_notebook, environment, run_cells
from utils import config, notebooks

READY = "The course is ready: profile "
WHERE = "import utils; print(utils.__file__)"


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A git repository with this tree's files on the branch that the setup cell fetches."""
    folder = tmp_path_factory.mktemp("origin") / "course"
    for name in ("utils", config.WEEKS[1]):
        shutil.copytree(
            config.ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    _, revision = notebooks.slug()
    git = ["git", "-c", "user.name=test", "-c", "user.email=test@example.org"]
    for command in (["init", "-q", "-b", revision], ["add", "."], ["commit", "-qm", "course"]):
        subprocess.run([*git, *command], cwd=folder, check=True)
    return folder.as_uri()


@pytest.mark.parametrize(
    "folder", [config.ROOT, config.ROOT / config.WEEKS[1]], ids=lambda p: p.name
)
def test_it_finds_the_course_around_it(folder):
    texts = run_cells(build_notebook(notebooks.setup_text(), WHERE), folder)
    assert texts[0].startswith(READY)
    assert texts[1].startswith(str(config.ROOT))


def test_in_an_empty_folder_it_fetches_the_course_once(tmp_path, repository):
    cells = build_notebook(notebooks.setup_text(), WHERE, notebooks.setup_text())
    texts = run_cells(cells, tmp_path, COURSE_REPOSITORY=repository)
    assert texts[0].startswith(READY) and texts[2].startswith(READY)
    assert texts[1].startswith(str(tmp_path))
    name = notebooks.slug()[0].split("/")[1]
    assert os.listdir(tmp_path) == [name]
    log = ["git", "-C", str(tmp_path / name), "log", "--oneline"]
    assert len(subprocess.run(log, capture_output=True, text=True).stdout.splitlines()) == 1


def test_a_fetch_that_fails_says_what_to_look_at_and_leaves_nothing(tmp_path):
    nowhere = (tmp_path / "nowhere").as_uri()
    folder = tmp_path / "empty"
    folder.mkdir()
    texts = run_cells(build_notebook(notebooks.setup_text()), folder, COURSE_REPOSITORY=nowhere)
    assert f"RuntimeError: Could not fetch {nowhere}: is there a network?" in _plain(texts[0])
    assert os.listdir(folder) == []


def test_another_package_called_utils_does_not_win(tmp_path):
    (tmp_path / "utils").mkdir()
    (tmp_path / "utils" / "__init__.py").write_text("")
    first = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import utils; print(utils.__file__)"
    )
    texts = run_cells(build_notebook(first, notebooks.setup_text(), WHERE))
    assert texts[0].startswith(str(tmp_path))
    assert texts[2].startswith(str(config.ROOT))


def test_slug_rewrites_every_badge_and_setup_cell(tmp_path):
    for name in ("utils", *(config.WEEKS[week] for week in config.available_weeks())):
        shutil.copytree(config.ROOT / name, tmp_path / name)
    shutil.copy(config.ROOT / "README.md", tmp_path)
    command = [sys.executable, "-m", "utils.notebooks", "slug", "some-one/my-course", "v2"]
    subprocess.run(command, cwd=tmp_path, env=environment(), check=True)
    for week in config.available_weeks():
        text = (tmp_path / config.notebook_path(week).relative_to(config.ROOT)).read_text(
            encoding="utf-8"
        )
        assert 'REPOSITORY, REVISION = \\"some-one/my-course\\", \\"v2\\"' in text
        assert "colab.research.google.com/github/some-one/my-course/blob/v2/week" in text
    old = notebooks.slug()[0]
    assert old not in text and old not in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_a_slug_that_is_none_is_refused():
    command = [sys.executable, "-m", "utils.notebooks", "slug", "not a name"]
    done = subprocess.run(command, cwd=config.ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "A repository must be named owner/name, not 'not a name'." in done.stderr


def _plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_on_colab_without_a_gpu_a_box_says_what_is_slow(tmp_path, monkeypatch):
    (tmp_path / "google" / "colab").mkdir(parents=True)
    (tmp_path / "google" / "colab" / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))  # hides nvidia-smi
    texts = run_cells(build_notebook(notebooks.setup_text()), config.ROOT)
    assert "║ NO GPU in this session" in texts[0] and "T4 GPU" in texts[0]
