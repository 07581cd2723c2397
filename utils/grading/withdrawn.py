"""Where results and pages of learners lie whose work isn't handed in any more: nobody should hand
them out, or find them gone if the work comes back."""

import json
import shutil

from ..errors import CourseError
from .intake.learner_names import listed

WITHDRAWN, RESULT = "withdrawn", "details.json"
MOST_SAID = 10


def result_path(folder, name):
    """Return the path of a withdrawn result. folder: pathlib.Path of the report; name: str, the
    submission's folder."""
    return folder / WITHDRAWN / name / RESULT


def check_same_class(folder, names, details):
    """Raise CourseError where a report has nobody of those who handed in: it is another class's.

    folder, details: as for `sort_out`; names: the submissions' folders.
    """
    kept = {path.stem for path in (folder / details).glob("*.json")}
    gone = {path.name for path in (folder / WITHDRAWN).glob("*")}
    if kept and not (kept | gone) & set(names):
        raise CourseError(
            f"{folder} has results of {len(kept)} learners, and none of them is among these "
            "submissions, so nothing was changed: name another folder with --out, or the export "
            "that the report is of."
        )


def sort_out(folder, names, feedback, details, others=()):
    """Move away what belongs to nobody any more, and back what belongs to somebody again.

    folder: pathlib.Path of the report; names: the submissions' folders; feedback, details: str, the
    report's folders of pages and of results; others: names of folders of people without work, who
    may have a page. Returns sentences that say what was moved.
    """
    names, sentences = set(names), []
    back = [name for name in sorted(names) if (folder / WITHDRAWN / name).is_dir()]
    for name in back:
        _move_back(folder, name, feedback, details)
    if back:
        sentences.append(f"Here again, from {WITHDRAWN}/: {listed(back, MOST_SAID)}.")
    results = {path.stem for path in (folder / details).glob("*.json")}
    pages = {path.name for path in (folder / feedback).glob("*") if path.is_dir()}
    gone = sorted((results | (pages - set(others))) - names)
    people = [_person(folder / details / f"{name}.json", name) for name in gone]
    for name in gone:
        _move_away(folder, name, feedback, details)
    if gone:
        verb, lies, comes = ("is", "page lies", "comes")
        if len(gone) > 1:
            verb, lies, comes = ("are", "pages lie", "come")
        sentences.append(
            f"No longer among the submissions {verb} {listed(people, MOST_SAID)}; the {lies} in "
            f"{WITHDRAWN}/ now, and {comes} back with the work."
        )
    if (folder / WITHDRAWN).is_dir() and not any((folder / WITHDRAWN).iterdir()):
        (folder / WITHDRAWN).rmdir()
    return sentences


def _person(path, name):
    """Return the name of a person, as the result has it, or that of the folder."""
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["name"])
    except (OSError, ValueError, TypeError, KeyError):
        return name


def _move_away(folder, name, feedback, details):
    place = folder / WITHDRAWN / name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    if (folder / feedback / name).exists():
        (folder / feedback / name).rename(place / feedback)
    if (folder / details / f"{name}.json").exists():
        (folder / details / f"{name}.json").rename(place / RESULT)


def _move_back(folder, name, feedback, details):
    """Where the work has been graded anew, the old result and page are of no use any more."""
    place = folder / WITHDRAWN / name
    target = folder / details / f"{name}.json"
    if not target.exists() and (place / RESULT).exists():
        target.parent.mkdir(exist_ok=True)
        (place / RESULT).rename(target)
        if (place / feedback).exists() and not (folder / feedback / name).exists():
            (folder / feedback).mkdir(exist_ok=True)
            (place / feedback).rename(folder / feedback / name)
    shutil.rmtree(place, ignore_errors=True)
