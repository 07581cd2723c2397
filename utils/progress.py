"""Which exercises pass, from a small file that the checks write. Nothing is sent anywhere.

    python -m utils.progress

The file is checkpoints/progress.json, or the one that `COURSE_PROGRESS` names: on Colab, a file on
your Drive outlives the session. Remove the file to start over.
"""

import contextlib
import hashlib
import json
import re
from datetime import datetime

from . import config, places
from .display.console import bar
from .errors import CourseError
from .files import lock_beside, must_be_readable, not_read, not_written, write_whole

CHECK_LINE = re.compile(r"^check\.(\w+)\(", re.MULTILINE)
WAIT = 2  # seconds that a check waits for another notebook that is writing the file


def read():
    """Return {week: {exercise: {"passes": bool, "checked": time}}}; weeks are str, as in JSON.

    A file that is missing or damaged counts as empty.
    """
    try:
        path = config.progress_file()
    except CourseError:  # on a Drive that isn't mounted
        return {}
    kept = {}
    for found in (path, *_stand_ins(path)):
        for week, rows in _read(found).items():
            for name, row in rows.items():
                known = kept.setdefault(week, {})
                if row["checked"] >= known.get(name, {"checked": ""})["checked"]:
                    known[name] = row
    return kept


def _read(path):
    """Return what one file holds; rows of another form are left out."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {week: {name: row for name, row in rows.items() if isinstance(row["checked"], str)}
                for week, rows in kept.items()}  # fmt: skip
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return {}


def _stand_ins(path):
    """Return files of the user's own that stand in for one that can't be written."""
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:8]
    return [folder / f"progress-{digest}.json" for folder in places.own_folders()]


def record(week, name, passes):
    """Record the result of a check. week: int; name: str; passes: bool.

    The reference solutions don't count. If the file can't be written, a file of the user's own
    stands in for it until it can be; if that can't be written either, nothing is recorded: a check
    must answer all the same.
    """
    if config.use_solutions():
        return
    try:
        path = config.progress_file()
    except CourseError as error:
        places.say_once(f"Progress isn't recorded. {error}")
        return
    row = {"passes": passes, "checked": datetime.now().isoformat(timespec="seconds")}
    stand_ins, problem = _stand_ins(path), None
    for file in (path, *stand_ins):
        try:
            _write(file, week, name, row)
        except OSError as error:  # filelock's Timeout is one too
            problem = problem or not_written(path, error)
            continue
        if problem:
            places.say_once(f"{problem} Progress is recorded in {file} instead.", about=path)
        for old in stand_ins if file == path else ():
            with contextlib.suppress(OSError):
                old.unlink(missing_ok=True)  # what it held is in the file now
        return
    places.say_once(f"{problem} Progress isn't recorded.", about=path)


def _write(file, week, name, row):
    places.make(file.parent)
    must_be_readable(file)
    with lock_beside(file, WAIT):
        kept = read()
        kept.setdefault(str(week), {})[name] = row
        write_whole(file, json.dumps(kept, indent=1) + "\n")


def exercises(week):
    """Return the names of a week's exercises in the notebook's order, without nbformat.

    Raises CourseError if the course's copy of the notebook can't be read.
    """
    path = config.notebook_path(week)
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except OSError as error:
        raise CourseError(not_read(path, error)) from None
    except (ValueError, KeyError, TypeError):
        raise CourseError(f"{path} is damaged: it isn't a notebook any more.") from None
    found = (CHECK_LINE.search("".join(cell["source"])) for cell in cells)
    return [line[1] for line in found if line]


def line(week, kept=None):
    """Return a week's progress in one line. kept: what `read` returned, or None to read it."""
    rows = (read() if kept is None else kept).get(str(week), {})
    names = exercises(week)
    still_open = [name for name in names if not rows.get(name, {}).get("passes")]
    done = len(names) - len(still_open)
    text = f"week {week} · {bar(done / len(names))} · {done} of {len(names)} exercises pass"
    if 0 < len(still_open) < len(names):
        text += f" · open: {', '.join(still_open)}"
    return text


def main():
    """Print a line for each week of this copy of the course."""
    kept = read()
    for week in config.available_weeks():
        try:
            print(line(week, kept))
        except CourseError as error:
            print(f"week {week} · {error}")


if __name__ == "__main__":
    main()
