"""Puts together the uploads of one learner: as many files as it may be, in the order of time."""

import re
from datetime import datetime
from typing import NamedTuple

from . import classroom
from .handed_in import tell
from .learner_names import clean_name, listed
from .lms_uploads import limited

AGAIN = re.compile(r"(?:-| ?\(|[-_ ]v|-Copy)(\d{1,3})\)?$")  # of a name: `week1-2`, `week1 (2)`
MAX_NAMED = 10  # uploads in one sentence


class Learner(NamedTuple):
    """What one learner handed in. first: the Upload that names their reports' folder; the others
    are those of submissions.Submission, the places from the oldest to the latest."""

    name: str
    number: str
    first: tuple
    places: tuple
    times: tuple
    late_marks: tuple
    problem: str
    notes: tuple


class _File(NamedTuple):
    """One place, with what tells how late it was handed in."""

    place: tuple
    time: str
    number: int
    is_late: bool


def learners(uploads, shared=()):
    """Return the Learners of an export, in the order of their first uploads.

    uploads: of Upload; shared: names that two people have, so that they put no files together.
    """
    groups = _groups(uploads, {classroom.same(name) for name in shared})
    times_tell = tell([time for each in group for time in each.times] for _, group, _ in groups)
    found = [_learner(*group, times_tell) for group in groups]
    return _without_extras(found)


def _groups(uploads, shared):
    """Return (name, uploads, notes) of each learner."""
    plain = [each for each in uploads if not each.tag.number]
    titles = dict(zip(map(id, plain), classroom.read([clean_name(each.name) for each in plain])))
    groups = {}
    for each in uploads:
        name, _ = titles.get(id(each), (each.tag.name, ""))
        key = id(each)  # nobody else's, unless the name says for sure whose it is
        if each.tag.is_sure:
            key = each.tag.form, each.tag.name, each.tag.number
        elif name and id(each) in titles:
            key = classroom.same(name)
        groups.setdefault(key, (name or each.tag.name, []))[1].append(each)
    return [item for group in groups.values() for item in _told_apart(*group, shared)]


def _told_apart(name, group, shared):
    """Yield (name, uploads, notes): all of a group, or each alone where two people have the name
    and no number tells them apart."""
    if len(group) < 2 or group[0].tag.number or classroom.same(name) not in shared:
        yield name, group, _merged(name, group)
        return
    said = (
        f"{len(group)} uploads carry the name {clean_name(name)}, which two people of the roster "
        f"have, so they don't count together: {_listed(group)}."
    )
    for each in group:
        yield name, [each], [said]


def _merged(name, group):
    full = [each for each in group if each.places]
    if len(full) < 2:
        return []
    if group[0].tag.number:
        said = f"{len(full)} uploads carry the same name and number, so they count together"
        return [f"{said}: {_listed(full)}."]
    said = f"{len(full)} uploads carry the name {clean_name(name)}, so they count together"
    return [f"{said}: {_listed(full)}. If they are two people's, give them different names."]


def _listed(uploads):
    return listed([f"`{clean_name(each.name)}`" for each in uploads], MAX_NAMED)


def _learner(name, group, notes, times_tell):
    group = sorted(group, key=lambda each: each.tag.file)  # else as they were found
    files = [
        _File(place, time, each.tag.file, each.tag.is_late)
        for each in group
        for place, time in zip(each.places, each.times)
    ]
    files = _ordered(files, times_tell)
    first = next((each for each in group if each.places), group[0])
    wrong = [each for each in group if each.problem and not each.is_empty]
    places, problem = limited([file.place for file in files], (wrong or [first])[0].problem)
    if places:
        notes = notes + [f"`{clean_name(each.name)}` doesn't count: {each.problem}"
                         for each in wrong[:MAX_NAMED]]  # fmt: skip
    counting = set(places)
    kept = [file for file in files if file.place in counting]
    return Learner(
        clean_name(name),
        first.tag.number,
        first,
        places,
        tuple(file.time for file in kept),
        tuple(file.is_late for file in kept),
        problem,
        tuple(notes),
    )


def _ordered(files, times_tell):
    """Return files from the oldest to the latest: by Canvas's numbers, as the times there are those
    of the export; else by time where that tells anything, by what stands behind equal names, and by
    name."""
    times = {file.time for file in files}
    use_times = times_tell and "" not in times and not all(file.number for file in files)

    def key(file):
        stem = file.place[-1].rpartition("/")[2].rpartition(".")[0]
        again = AGAIN.search(stem)
        natural = [(int(part), "") if part.isdecimal() else (0, part.casefold())
                   for part in re.split(r"(\d{1,9})", stem)]  # fmt: skip
        when = datetime.fromisoformat(file.time) if use_times else 0
        return when, file.number, int(again[1]) if again else 0, natural

    return sorted(files, key=key)


def _without_extras(found):
    """Leave out what a learner with a notebook handed in beside it, as a picture or a text."""
    work = {each.number for each in found if each.places} - {""}
    return [each for each in found if not each.first.is_empty or each.number not in work]
