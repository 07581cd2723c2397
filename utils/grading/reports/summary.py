"""A results.json as Markdown, for the page of a run on GitHub.

    python -m utils.grading.reports.summary results.json >> "$GITHUB_STEP_SUMMARY"

The exit status is 1 where an answer that was begun isn't right. What isn't begun is no failure:
else each push would get a red cross until the last week is done.
"""

import argparse
import html
import json
import re
import sys
from pathlib import Path

from ...errors import CourseError
from ...files import not_read
from ..intake.learner_names import clean
from ..marks.overrides import shown
from ..results import Status

NOT_BEGUN = (Status.NOT_ATTEMPTED, "not found")
SIGNS = {"passed": "✓", "failed": "✗", "": "held"}
SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!~$-])")  # what means something in Markdown
LONGEST = 800  # characters on one exercise: GitHub shows 1 MB at most
SELF_CHECK = "This is a check of your own. The marks that count are your instructor's."


def escaped(text):
    """Return Markdown that shows a text as it is, also in a table's cell; a new line is a <br>."""
    text = SPECIAL.sub(r"\\\1", html.escape(clean(text), quote=False))
    text = text.replace("|", "&#124;").replace("://", "&#58;//")  # no column, no link
    return "<br>".join(line.strip() for line in text.splitlines())


def summary(results):
    """Return (Markdown, whether all that was begun is right).

    results: dict, as `write.gradescope` makes it. Raises KeyError, TypeError, ValueError or
    AttributeError where it is another one.
    """
    tests = results["tests"]
    begun = [test for test in tests if _state(test) not in NOT_BEGUN]
    waiting = _waiting(tests)
    most = sum(test["max_score"] for test in tests)
    parts = [
        f"### {shown(results['score'])} of {shown(most)} points",
        escaped(results["output"]),
        _table(begun) if begun else "",
        f"Not begun: {escaped('; '.join(waiting))}." if waiting else "",
        SELF_CHECK,
    ]
    is_right = all(test.get("status") != "failed" for test in begun)
    return "\n\n".join(filter(None, parts)) + "\n", is_right and results.get("gradable", True)


def _state(test):
    return test["extra_data"]["state"]


def _waiting(tests):
    """Return what isn't begun, list of str; of several notebooks, a whole week is one item."""
    weeks = {}
    for test in tests:
        weeks.setdefault(test["name"].rpartition(": ")[0], []).append(test)
    found = []
    for week, own in weeks.items():
        names = [test["name"] for test in own if _state(test) in NOT_BEGUN]
        short = ", ".join(name.removeprefix(f"{week}: ") for name in names)
        if names:
            found.append(f"{week}: {short}" if week and len(names) < len(own) else week or short)
    return found


def _table(tests):
    rows = ["| | exercise | points | what to look at |", "| --- | --- | --- | --- |"]
    for test in tests:
        points = f"{shown(test['score'])} of {shown(test['max_score'])}"
        said = escaped(test["output"][:LONGEST])
        name = escaped(test["name"])
        rows.append(f"| {SIGNS[test.get('status', '')]} | {name} | {points} | {said} |")
    return "\n".join(rows)


def main(arguments=None):
    """Print the Markdown; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m utils.grading.reports.summary")
    parser.add_argument("file", type=Path, help="what --self NOTEBOOK --json FILE wrote")
    path = parser.parse_args(arguments).file
    try:
        text, is_right = _read(path)
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2
    print(text, end="")
    return 0 if is_right else 1


def _read(path):
    try:
        return summary(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CourseError(not_read(path, error)) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CourseError(
            f"{path} holds no results: write it with python -m utils.grading --self NOTEBOOK "
            f"--json {path}"
        ) from None


if __name__ == "__main__":
    sys.exit(main())
