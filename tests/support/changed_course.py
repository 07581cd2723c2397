"""A copy of the course in which something is changed, and the command run in it."""

import csv
import json
import subprocess
import sys

from tests.support.helpers import copy_course, environment
from utils import config


class Course:
    """A copy of `utils` and one week. folder: pathlib.Path, which doesn't exist yet; week: int."""

    def __init__(self, folder, week=1):
        self.folder, self.week = folder, week
        copy_course(folder, "utils", config.WEEKS[week])

    def edit(self, path, old, new):
        """Replace the only place of a text in a file. path: str, relative to the course."""
        text = (self.folder / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, (path, old)
        (self.folder / path).write_text(text.replace(old, new), encoding="utf-8")

    def command(self, *arguments):
        """Return (arguments, keywords) with which subprocess runs the grader."""
        command = [sys.executable, "-m", "utils.grading", f"week{self.week}", *map(str, arguments)]
        about = {"cwd": self.folder, "env": environment(PYTHONPATH=str(self.folder))}
        return command, {**about, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}

    def run(self, *arguments, status=0):
        """Run the grader, which must end with this exit status; return all that it said."""
        command, about = self.command(*arguments)
        done = subprocess.run(command, **about, encoding="utf-8", timeout=600)
        assert done.returncode == status, done.stdout
        return done.stdout

    def stamp(self):
        """Return the stamp of this copy."""
        code = "import json\nfrom utils.grading import versions\n"
        code += f"print(json.dumps(versions.stamp({self.week})))"
        about = {"cwd": self.folder, "env": environment(PYTHONPATH=str(self.folder))}
        return json.loads(subprocess.check_output([sys.executable, "-c", code], **about))


def details(out):
    """Return {folder: the result as it is kept} of a report."""
    paths = sorted((out / "details").glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def table(out):
    """Return {folder: row} of grades.csv."""
    with open(out / "grades.csv", encoding="utf-8-sig", newline="") as file:
        return {row["folder"]: row for row in csv.DictReader(file)}


def all_files(folder):
    """Return {path: bytes} of all files in a folder."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
