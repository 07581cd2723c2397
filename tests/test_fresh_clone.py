"""The README's commands in a fresh clone, with an environment of its own."""

import os
import re
import shutil
import subprocess

import nbformat
import pytest

from tests.support.helpers import environment, wait_for
from tests.test_readme import LAB, LIGHT, RUN, RUN_ALL
from utils import config

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A clone of what is committed, so that a file that git doesn't know is missed."""
    folder = tmp_path_factory.mktemp("fresh") / "course"
    subprocess.run(["git", "clone", "-q", str(config.ROOT), str(folder)], check=True)
    return folder


def look_at(html):
    """Assert that a page shows pictures, nothing from stderr, and asks the network for nothing."""
    assert "data:image/png;base64," in html
    assert 'data-mime-type="application/vnd.jupyter.stderr"' not in html
    outside = set(re.findall(r'(?:src|href)="(https?://[^"]+\.(?:js|css)[^"]*)"', html))
    assert not outside, "the page would ask the network for these"
    assert "\\frac" not in re.sub(r"<annotation.*?</annotation>", "", html)


def shell(folder, command, **more):
    """Run a command as a shell of its own would: with nothing of a make that runs these tests."""
    outside = {"ARGS", "MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS"}
    env = {name: value for name, value in environment(**more).items() if name not in outside}
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=env, capture_output=True, text=True
    )


def test_run_installs_once_and_writes_every_week(clone):
    done = shell(clone, RUN_ALL)
    assert done.returncode == 0, done.stdout + done.stderr
    for week in config.available_weeks():
        assert f"{config.WEEKS[week]}: done in" in done.stdout
        page = clone / "build" / f"{config.WEEKS[week]}.html"
        look_at(page.read_text(encoding="utf-8"))
    again = shell(clone, f"{RUN_ALL} -n")
    assert "pip install" not in again.stdout


def test_lab_serves_week_one(clone):
    token, port = "fresh-clone", 8931
    flags = (
        f"--no-browser --allow-root --ip=127.0.0.1 --port={port} --IdentityProvider.token={token}"
    )
    with (clone / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [*LAB.split(), f"ARGS={flags}"], cwd=clone, env=environment(), stdout=log, stderr=log
        )
        try:
            path = config.notebook_path(1).relative_to(config.ROOT).as_posix()
            url = f"http://127.0.0.1:{port}/api/contents/{path}?token={token}&content=0"
            assert '"type": "notebook"' in wait_for(url, clone / "lab.log")
        finally:
            subprocess.run(["pkill", "-f", f"port={port}"])
            server.wait(timeout=30)


def test_week_one_runs_without_tensorflow(clone, tmp_path):
    """On what its own list names, in an environment that has nothing else."""
    light = tmp_path / "light" / "bin" / "python"
    install = LIGHT.replace("pip install", f"{light} -m pip install -q")
    done = shell(clone, f"python3 -m venv {tmp_path / 'light'} && {install}")
    assert done.returncode == 0, done.stdout + done.stderr
    work = config.notebook_path(1).relative_to(config.ROOT)
    out = tmp_path / "done.ipynb"
    run = f"{light} -m nbconvert --to notebook --execute --output {out} {work.name}"
    settings = {"COURSE_PROFILE": "tiny", "COURSE_SOLUTIONS": "1"}
    done = shell(clone / work.parent, run, **settings)
    assert done.returncode == 0, done.stdout + done.stderr
    cells = {cell.id: cell for cell in nbformat.read(out, as_version=4).cells}
    [said] = cells["setup"].outputs
    assert said["text"].startswith("The course is ready: ") and said["text"].count("\n") == 1
    done = shell(clone, f"{light} -m utils.doctor")
    assert "only week 1 runs" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("command", RUN)
def test_a_command_of_the_readme(clone, mirror, command):
    """Each does what the table says, in the environment that make made; in the table's order."""
    if not (clone / "submissions").exists() and (clone / "build" / "grade-demo").exists():
        shutil.copytree(clone / "build" / "grade-demo" / "submissions", clone / "submissions")
    path = f"{clone / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    more = {"COURSE_MIRROR": str(mirror)} if "utils.download" in command else {}
    done = shell(clone, RUN[command].instead or command, PATH=path, **more)
    assert done.returncode == RUN[command].status, done.stdout + done.stderr
    assert RUN[command].says in done.stdout
    for file in RUN[command].writes:
        assert (clone / file).is_file(), file
    changed = shell(clone, "git status --porcelain --untracked-files=no").stdout
    assert bool(changed) == RUN[command].changes, changed
    subprocess.run(["git", "checkout", "-q", "."], cwd=clone, check=True)
    assert (clone / ".venv").exists() != (command == "make clean")
