"""Where results and pages of learners lie whose work isn't handed in any more: nobody should hand
them out, or find them gone if the work comes back."""

import json
import shutil

WITHDRAWN, RESULT = "withdrawn", "details.json"
MOST_SAID = 10


def result_path(folder, name):
    """Return the path of a withdrawn result. folder: pathlib.Path of the report; name: str, the
    submission's folder."""
    return folder / WITHDRAWN / name / RESULT


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
        sentences.append(f"Here again, from {WITHDRAWN}/: {_listed(back)}.")
    results = {path.stem for path in (folder / details).glob("*.json")}
    pages = {path.name for path in (folder / feedback).glob("*") if path.is_dir()}
    gone = sorted((results | (pages - set(others))) - names)
    people = [_person(folder / details / f"{name}.json", name) for name in gone]
    for name in gone:
        _move_away(folder, name, feedback, details)
    if gone:
        verb, what = ("is", "page lies") if len(gone) == 1 else ("are", "pages lie")
        sentences.append(
            f"No longer among the submissions {verb} {_listed(people)}; the {what} in "
            f"{WITHDRAWN}/ now, and come back with the work."
        )
    if (folder / WITHDRAWN).is_dir() and not any((folder / WITHDRAWN).iterdir()):
        (folder / WITHDRAWN).rmdir()
    return sentences


def _listed(names):
    more = [f"and {len(names) - MOST_SAID} more"] if len(names) > MOST_SAID else []
    return ", ".join([*names[:MOST_SAID], *more])


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
