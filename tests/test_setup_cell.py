"""The setup cell finds the course from anywhere, and fetches it into an empty folder."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.closed import closed, obeying
from tests.support.helpers import IMPORT_CELL, build_notebook, copy_course, environment, run_cells
from utils import config, notebooks

SETUP = notebooks.setup_text()
NAME = notebooks.slug()[0].split("/")[1]
READY = "The course is ready: profile "
WHERE = "import utils; print(utils.__file__)"


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A git repository with this tree's files on the branch that the setup cell fetches."""
    folder = tmp_path_factory.mktemp("origin") / "course"
    copy_course(folder, "utils", config.WEEKS[1], without=("__pycache__",))
    _, revision = notebooks.slug()
    git = ["git", "-c", "user.name=test", "-c", "user.email=test@example.org"]
    for command in (["init", "-q", "-b", revision], ["add", "."], ["commit", "-qm", "course"]):
        subprocess.run([*git, *command], cwd=folder, check=True)
    return folder.as_uri()


def program(folder, script):
    """Write a program `git` for the shell; return its folder, to be put on PATH."""
    folder.mkdir(parents=True)
    (folder / "git").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "git").chmod(0o755)
    return folder


@pytest.mark.parametrize(
    "folder", [config.ROOT, config.ROOT / config.WEEKS[1]], ids=lambda p: p.name
)
def test_it_finds_the_course_around_it(folder):
    texts = run_cells(build_notebook(SETUP, WHERE), folder)
    assert texts[0].startswith(READY)
    assert texts[1].startswith(str(config.ROOT))


def test_it_is_short_and_folded():
    lines = [line for line in SETUP.splitlines() if line]
    assert len(lines) < 23 and lines[0].startswith("# @title Setup: ")
    for week in config.available_weeks():
        (cell,) = [cell for cell in notebooks.read(week).cells if cell.id == "setup"]
        assert cell.metadata == {"cellView": "form", "jupyter": {"source_hidden": True}}


def test_strip_keeps_what_folds_it_and_nothing_else():
    """Colab and JupyterLab add metadata to cells, and unfold the setup cell when asked to."""
    notebook = notebooks.read(1)
    for cell in notebook.cells:
        cell.metadata.update(id="x1", tags=["nbval-skip"], cellView="form", colab={"a": 1})
    notebooks.strip(notebook)
    kept = {cell.id: cell.metadata for cell in notebook.cells if cell.metadata}
    assert kept == {"setup": {"cellView": "form", "jupyter": {"source_hidden": True}}}
    unfolded = notebooks.read(1)
    next(cell for cell in unfolded.cells if cell.id == "setup").metadata = {}
    assert notebooks.strip(unfolded) == notebooks.read(1)


def test_in_an_empty_folder_it_fetches_the_course_once(tmp_path, repository):
    """Also where a folder of its name is there but empty, and tries were cut off before."""
    (tmp_path / NAME).mkdir()
    for cut_off in (f"{NAME}-being-fetched", f"{NAME}-being-fetched-x1"):
        (tmp_path / cut_off / ".git").mkdir(parents=True)
    cells = build_notebook(SETUP, WHERE, SETUP, "import os; os.chdir('/')", SETUP, WHERE)
    texts = run_cells(cells, tmp_path, COURSE_REPOSITORY=repository)
    assert all(texts[place].startswith(READY) for place in (0, 2, 4))
    assert texts[1].strip() == texts[5].strip() == str(tmp_path / NAME / "utils" / "__init__.py")
    assert os.listdir(tmp_path) == [NAME]
    log = ["git", "-C", str(tmp_path / NAME), "log", "--oneline"]
    assert len(subprocess.run(log, capture_output=True, text=True).stdout.splitlines()) == 1
    modes = [path.stat().st_mode for path in (tmp_path / NAME, tmp_path / NAME / "utils")]
    assert modes[0] == modes[1], "others who may read its folders may read it"


def test_run_again_in_the_middle_it_changes_nothing():
    """Names, modules and classes stay those that are in use, and `sys.path` doesn't grow."""
    names = "{name for name in dir() if name[0] != '_'}"
    before = f"{IMPORT_CELL}\nimport sys\nfrom utils.errors import CourseError\n"
    before += "start = place = source = folder = file = root = paths = kept = None\n"
    before += f"kept, paths = course, list(sys.path)\nnames = {names}"
    after = f"print({names} - names, start, place, source, folder, file, root)\n"
    after += "from utils import errors\n"
    after += "print(sys.path == paths, errors.CourseError is CourseError, course is kept)"
    texts = run_cells(build_notebook(SETUP, before, SETUP, after), config.ROOT)
    assert texts[2].startswith(READY) and "⚠" not in "".join(texts)
    assert texts[3] == "{'names'} None None None None None None\nTrue True True\n"


def test_what_keeps_it_from_fetching_is_said_in_one_line_and_leaves_nothing(tmp_path):
    """The working folder stays empty, and the name `course` unknown."""
    folder, tools = tmp_path / "work", tmp_path / "tools"
    folder.mkdir()
    broken, silent = program(tools / "1", "echo 'xcrun: no tools' >&2; exit 1"), tools / "2"
    program(silent, "exit 0")
    nowhere, closed_port = (tmp_path / "nowhere").as_uri(), "http://127.0.0.1:9/course"
    what = {
        "pop('COURSE_REPOSITORY', None)": "✗ Replace YOUR_GITHUB_NAME in this code by the course's",
        f"update(COURSE_REPOSITORY={nowhere!r})": f"✗ Could not fetch {nowhere} (fatal: ",
        f"update(COURSE_REPOSITORY={closed_port!r})": f"✗ Could not fetch {closed_port} (fatal: ",
        f"update(PATH={str(broken)!r})": f"✗ Could not fetch {closed_port} (xcrun: no tools)",
        f"update(PATH={str(silent)!r})": f"✗ Could not fetch {closed_port} ():",
        "update(PATH='')": "✗ Install git, then run this cell again.",
    }
    cells = [cell for change in what for cell in (f"import os; os.environ.{change}", SETUP)]
    gone = "os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone')"
    texts = run_cells(build_notebook(*cells, gone, SETUP, "course"), folder)
    for said, start in zip(
        texts[1::2], [*what.values(), "✗ This notebook's folder is gone: reopen it"]
    ):
        assert said.startswith(start) and said.endswith(", then run this cell again.")
        assert len(said.splitlines()) == 1
    assert "NameError" in texts[-1]
    assert os.listdir(folder) == []


def put_other(place):
    """Make a folder of the learner's own at this place."""
    place.mkdir()
    (place / "week1_linear_models.ipynb").write_text("{}")


def put_half(place):
    """Make a folder of the course that lacks its code."""
    copy_course(place, config.WEEKS[1])


@pytest.mark.parametrize("put", [put_other, put_half, Path.touch], ids=lambda put: put.__name__)
def test_what_has_the_courses_name_stays_and_is_named(tmp_path, repository, put):
    put(tmp_path / NAME)
    before = sorted(tmp_path.rglob("*"))
    (said,) = run_cells(build_notebook(SETUP), tmp_path, COURSE_REPOSITORY=repository)
    assert said == (
        f"✗ {tmp_path / NAME} isn't this course, or not all of it: rename it, then run this cell "
        "again."
    )
    assert sorted(tmp_path.rglob("*")) == before


@obeying
def test_a_folder_that_is_read_only_is_named(tmp_path, repository):
    with closed(tmp_path):
        (said,) = run_cells(build_notebook(SETUP), tmp_path, COURSE_REPOSITORY=repository)
    assert said.startswith(f"✗ The course can't be written to {tmp_path} (Permission denied): open")
    assert said.endswith("then run this cell again.") and len(said.splitlines()) == 1
    assert os.listdir(tmp_path) == []


def test_a_copy_that_is_not_whole_is_named(tmp_path):
    copy_course(tmp_path, "utils")
    shutil.rmtree(tmp_path / "utils" / "display")
    (said,) = run_cells(build_notebook(SETUP), tmp_path)
    assert said.startswith(f"✗ The copy of the course in {tmp_path} isn't whole (No module named")
    assert said.endswith("fetch it anew, then run this cell again.")


def start_set_up(folder, repository, **changes):
    """Start the setup cell as a process of its own; return the Popen."""
    return subprocess.Popen(
        [sys.executable, "-c", SETUP],
        cwd=folder,
        env=environment(COURSE_REPOSITORY=repository, **changes),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def test_notebooks_that_start_at_once_share_one_copy(tmp_path, repository):
    started = [start_set_up(tmp_path, repository) for _ in range(4)]
    for process in started:
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0 and said.startswith(READY), said
    assert os.listdir(tmp_path) == [NAME]


def test_killed_while_it_fetches_it_fetches_anew(tmp_path, repository):
    folder, began = tmp_path / "work", tmp_path / "began"
    folder.mkdir()
    slow = program(tmp_path / "tools", f"touch {began}; sleep 600")
    process = start_set_up(folder, repository, PATH=f"{slow}{os.pathsep}{os.environ['PATH']}")
    while not began.exists():
        assert process.poll() is None
    process.kill()
    process.wait()
    assert os.listdir(folder) == []
    again = start_set_up(folder, repository)
    said, _ = again.communicate(timeout=120)
    assert said.startswith(READY) and os.listdir(folder) == [NAME]


def test_packages_that_are_missing_are_named_in_one_line(tmp_path, monkeypatch):
    """One that is hidden, several, and on Colab; with KERAS_BACKEND nobody needs TensorFlow."""
    hide = "import sys; sys.modules.update(dict.fromkeys({!r}.split()))"
    show = "for name in {!r}.split(): del sys.modules[name]"
    cells = []
    for names in ("filelock", "matplotlib", "sklearn numpy", "tensorflow"):
        cells += [hide.format(names), SETUP, show.format(names)]
    other = f"import os; os.environ['KERAS_BACKEND'] = 'jax'; {hide.format('tensorflow')}"
    texts = run_cells(build_notebook(*cells, other, SETUP))
    lock = f"run `%pip install -r {config.ROOT / 'requirements.lock'}` in a new cell, then run this"
    assert texts[1] == f"✗ filelock isn't installed: {lock} cell again."
    assert texts[4].startswith("✗ matplotlib isn't installed: run `%pip install -r ")
    assert texts[7].startswith("✗ numpy and scikit-learn aren't installed: run `%pip install -r ")
    assert texts[10].startswith("✗ tensorflow isn't installed: run ")
    assert texts[13].startswith(READY)

    pretend_colab(tmp_path, monkeypatch)
    texts = run_cells(build_notebook(*cells))
    assert re.match(
        r'✗ filelock isn.t installed: run `%pip install "filelock>=[^"]+"` in', texts[1]
    )
    assert texts[10].startswith(
        "✗ tensorflow isn't installed: choose Runtime → Change runtime type"
    )


def test_an_environment_without_packages_is_told_which(tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    done = subprocess.run([python, "-c", SETUP], cwd=config.ROOT, capture_output=True, text=True)
    last = done.stderr.strip().splitlines()[-1]
    for name in (
        "numpy",
        "keras",
        "tensorflow",
        "filelock",
        "matplotlib",
        "requests",
        "platformdirs",
    ):
        assert name in last
    assert "aren't installed: run `%pip install -r " in last


def test_another_package_called_utils_does_not_win(tmp_path):
    (tmp_path / "utils").mkdir()
    (tmp_path / "utils" / "__init__.py").write_text("")
    first = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import utils; print(utils.__file__)"
    )
    texts = run_cells(build_notebook(first, SETUP, WHERE))
    assert texts[0].startswith(str(tmp_path))
    assert texts[2].startswith(str(config.ROOT))


def test_slug_rewrites_every_badge_and_setup_cell(tmp_path):
    copy_course(tmp_path, "utils", *map(config.WEEKS.get, config.available_weeks()))
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


def pretend_colab(folder, monkeypatch):
    """Let processes that are started from here find Colab's package in this folder."""
    (folder / "google" / "colab").mkdir(parents=True)
    (folder / "google" / "colab" / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(folder))


def test_on_colab_without_a_gpu_a_box_says_what_is_slow(tmp_path, monkeypatch):
    pretend_colab(tmp_path, monkeypatch)
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))  # hides nvidia-smi
    texts = run_cells(build_notebook(SETUP), config.ROOT)
    assert "║ NO GPU in this session" in texts[0] and "T4 GPU" in texts[0]
