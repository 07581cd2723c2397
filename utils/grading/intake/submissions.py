"""The submissions of a cohort: who handed in what, and under which name it is reported."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ...errors import CourseError
from .archives import read_inside
from .learner_names import MAX_NAME, clean, clean_name, encodable, learner_of, safe_names
from .lms_uploads import from_batch, from_path, without_extras
from .reading import MAX_BYTES, NotGradable, read_bytes

MAX_TOTAL = 5 * MAX_BYTES  # of one learner's notebooks together


@dataclass(frozen=True)
class Submission:
    """One learner's work. name: str, as the LMS calls it; folder: str, safe for a file's name.

    places: tuple of tuples, the notebooks that it holds: the path of a file, and where that is an
    archive, names inside it; problem: str, why it can't be graded, or ''; is_folder: whether the
    name is a folder's.
    """

    name: str
    folder: str
    places: tuple = ()
    problem: str = ""
    is_folder: bool = False
    is_canary = False

    def notebooks(self):
        """Yield (name, bytes or the NotGradable) of each notebook."""
        left = MAX_TOTAL
        for path, *names in self.places:
            try:
                if left < 0:
                    raise NotGradable(f"Its notebooks are over {MAX_TOTAL >> 20} MB together.")
                data = read_inside(Path(path), *names) if names else read_bytes(path)
                left -= len(data)
            except NotGradable as error:
                data = error
            yield clean(names[-1] if names else Path(path).name), data

    @property
    def learner(self):
        """(name, number) as the file name from an LMS tells them; the number may be ''."""
        return learner_of(self.name, self.is_folder)


def digest(submission):
    """Return a hash of what was handed in, which tells a new version from the one graded."""
    parts = hashlib.sha256(submission.problem.encode())
    for name, data in submission.notebooks():
        data = data if isinstance(data, bytes) else str(data).encode()
        parts.update(f"\n{name}\n{len(data)}\n".encode())
        parts.update(data)
    return parts.hexdigest()


def find(place, reports=None):
    """Return the submissions in a folder, a zip file, or a notebook, in the order of their names.

    place: pathlib.Path; reports: pathlib.Path or None, a folder that is no submission though it
    lie among them. Raises CourseError where there is none.
    """
    if not place.exists():
        raise CourseError(f"There is no {place}.")
    reports = reports and reports.resolve()
    _check_reports(place.resolve(), reports)
    if learner_of(place.stem)[1] or learner_of(place.resolve().name, place.is_dir())[1]:
        found = from_path(place.resolve())  # one learner's, who chose the names in it
    elif place.is_dir():
        place = place.resolve()
        entries = [path for path in sorted(place.iterdir()) if path != reports]
        found = [item for path in entries for item in from_path(path)]
    elif place.suffix.lower() == ".zip":
        found = from_batch(place)
    else:
        found = from_path(place)
    found = without_extras(found)
    if not found:
        raise CourseError(f"There is no notebook in {place}.")
    folders = safe_names([encodable(item.name)[:MAX_NAME] for item in found])
    return [
        Submission(clean_name(item.name), folder, tuple(item.places), item.problem, item.is_folder)
        for folder, item in zip(folders, found)
    ]


def _check_reports(place, reports):
    """Refuse reports that would lie among a learner's files."""
    if reports == place or (reports and place in reports.parents and reports.parent != place):
        raise CourseError(f"Name a folder outside {place} for the reports.")
