"""Which exercises pass, from a small file that the checks write. Nothing is sent anywhere.

    python -m utils.progress

The file is checkpoints/progress.json, or the one that `COURSE_PROGRESS` names: on Colab, a file on
your Drive outlives the session. Remove the file to start over.
"""

import contextlib
import json
import re
from datetime import datetime

from filelock import FileLock

from . import config
from .display.console import bar
from .files import write_whole

CHECK_LINE = re.compile(r"^check\.(\w+)\(", re.MULTILINE)
WAIT = 2  # seconds that a check waits for another notebook that is writing the file


def read():
    """Return {week: {exercise: {"passes": bool, "checked": time}}}; weeks are str, as in JSON.

    A file that is missing or damaged counts as empty.
    """
    try:
        kept = json.loads(config.progress_file().read_text(encoding="utf-8"))
        return {week: dict(rows) for week, rows in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def record(week, name, passes):
    """Record the result of a check. week: int; name: str; passes: bool.

    The reference solutions don't count. If the file can't be written, nothing is recorded: a check
    must answer all the same.
    """
    if config.use_solutions():
        return
    path = config.progress_file()
    with contextlib.suppress(OSError):  # filelock's Timeout is one too
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=WAIT):
            kept = read()
            row = {"passes": passes, "checked": datetime.now().isoformat(timespec="seconds")}
            kept.setdefault(str(week), {})[name] = row
            write_whole(path, json.dumps(kept, indent=1) + "\n")


def exercises(week):
    """Return the names of a week's exercises in the notebook's order, without nbformat."""
    cells = json.loads(config.notebook_path(week).read_text(encoding="utf-8"))["cells"]
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
        print(line(week, kept))


if __name__ == "__main__":
    main()
