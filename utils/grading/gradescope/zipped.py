"""Makes the zip: the course as far as a week's grading needs it, the same bytes each time."""

import argparse
import zipfile
from pathlib import Path

from ... import config
from ...errors import CourseError
from ...files import not_written, written_whole
from ..marks import rules as marks_rules
from .assignment import Assignment

HERE = Path(__file__).parent
SCRIPTS = ("setup.sh", "run_autograder")  # at its top, as Gradescope wants it
PARTS = ("utils/**/*", "data/*.txt", "data/*.toml", "requirements.lock")
LEFT_OUT = ("__pycache__", ".ipynb_checkpoints", "site")
WEIGHTS = ".npz"  # of the course's own encoders, which no answer gets in grading
DATE = (2026, 1, 1, 0, 0, 0)  # of every file: the zip says nothing of when it was made


def _files(week):
    """Return the course's files for a week, as sorted paths relative to the course."""
    folder = config.WEEKS[week]
    found = {path for part in PARTS for path in config.ROOT.glob(part) if path.is_file()}
    found |= {config.notebook_path(week), config.solutions_path(week)}
    found |= set((config.ROOT / folder).glob("*.py"))
    inside = sorted(path.relative_to(config.ROOT) for path in found)
    return [path for path in inside if not _is_left_out(path)]


def _is_left_out(path):
    return path.name[0] == "." or path.suffix == WEIGHTS or bool({*LEFT_OUT} & {*path.parts})


def points(path, week):
    """Return the most points that a week gives. path: pathlib.Path of the instructor's rules, or
    None; week: int. Raises CourseError where the rules can't be read, or mean nothing here."""
    from ..marks.final import Marker  # it imports the week's checks

    rules = marks_rules.Rules(week) if path is None else _rules(path, week)
    most = Marker([], rules).max_score
    return most if rules.cap is None else min(most, rules.cap)


def _rules(path, week):
    nothing = dict.fromkeys(("overrides", "extensions", "due", "late", "pick"))
    found = marks_rules.read(path.parent / "none", argparse.Namespace(rules=path, **nothing), week)
    if found.due or found.policy:
        raise CourseError(
            f"{path} has rules for late work, but on Gradescope the assignment's own due date "
            "holds: take out `due` and `late`."
        )
    return found


def write_zip(out, week, minutes, rules=None):
    """Write the zip; return its bytes.

    out: pathlib.Path; week: int; minutes: int, the time limit of the assignment; rules:
    pathlib.Path of a grading.toml that `points` has read, or None. Raises CourseError where a file
    can't be written.
    """
    entries = {name: (HERE / name).read_bytes() for name in SCRIPTS}
    entries[Assignment.FILE] = Assignment(week, minutes).text().encode()
    if rules:
        entries[Assignment.RULES] = rules.read_bytes()
    for path in _files(week):
        entries[path.as_posix()] = (config.ROOT / path).read_bytes()
    try:
        with written_whole(out) as file, zipfile.ZipFile(file, "w") as archive:
            for name, data in sorted(entries.items()):
                archive.writestr(_entry(name), data, compresslevel=9)
        return out.stat().st_size
    except OSError as error:
        raise CourseError(not_written(out, error)) from None


def _entry(name):
    entry = zipfile.ZipInfo(name, DATE)
    entry.create_system = 3  # Unix, so that the scripts stay executable
    entry.external_attr = (0o755 if name in SCRIPTS else 0o644) << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
