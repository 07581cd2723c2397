"""The submissions of a cohort: who handed in what, and under which name it is reported."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ...errors import CourseError
from ...files import not_read
from .archives import read_inside
from .classroom import same
from .codes import called
from .grouping import learners
from .learner_names import MAX_NAME, clean, clean_name, encodable, learner_of, safe_names
from .lms_uploads import from_batch, from_path, holds_a_class
from .reading import MAX_BYTES, NotGradable, read_bytes

MAX_TOTAL = 5 * MAX_BYTES  # of one learner's notebooks together


@dataclass(frozen=True)
class Submission:
    """One learner's work, in however many files.

    name, number: str, the learner's, as the export writes them; the number may be ''; upload: str,
    what the export calls the file or folder, the first where there are several; folder: str, safe
    for a file's name. places: tuple of tuples, the notebooks and .py in it, from the oldest to the
    latest: the path of a file, and where that is an archive, names inside it; times: tuple of str,
    when each was handed in, in ISO 8601, or ''; late_marks: tuple of bool, whether Canvas marks
    each as late. problem: str, why it can't be graded, or ''; is_folder: whether the upload is a
    folder; notes: tuple of str, what the report says of how the files were put together; code: str,
    what those who mark anonymously see for the name, or ''; address: str, of mail, from the roster,
    or ''.
    """

    name: str
    folder: str
    places: tuple = ()
    problem: str = ""
    is_folder: bool = False
    number: str = ""
    upload: str = ""
    times: tuple = ()
    late_marks: tuple = ()
    notes: tuple = ()
    code: str = ""
    address: str = ""
    is_canary = False

    def notebooks(self):
        """Yield (name, bytes or the NotGradable) of each place."""
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
        """(name, number); the number may be ''."""
        return self.name, self.number

    @property
    def called(self):
        """What the terminal calls whoever it is of."""
        return called(self.code) if self.code else self.name


def digest(submission):
    """Return a hash of what was handed in, which tells a new version from the one graded."""
    parts = hashlib.sha256(submission.problem.encode())
    for name, data in submission.notebooks():
        data = data if isinstance(data, bytes) else str(data).encode()
        parts.update(f"\n{name}\n{len(data)}\n".encode())
        parts.update(data)
    return parts.hexdigest()


def find(place, reports=None, roster=None):
    """Return the submissions in a folder, a zip file, or a notebook, in the order of their names.

    place: pathlib.Path; reports: pathlib.Path or None, a folder that is no submission though it
    lie among them; roster: list of participants.Person or None, of whom two may
    have one name. Raises CourseError where there is none.
    """
    try:
        return _find(place, reports and reports.resolve(), roster or ())
    except OSError as error:
        raise CourseError(not_read(place, error)) from None


def _find(place, reports, roster):
    if not place.exists():
        raise CourseError(f"There is no {place}.")
    _check_reports(place.resolve(), reports)
    if learner_of(place.stem)[1] or learner_of(place.resolve().name, place.is_dir())[1]:
        found = from_path(place.resolve())  # one learner's, who chose the names in it
    elif place.is_dir():
        place = place.resolve()
        entries = [path for path in sorted(place.iterdir()) if path != reports]
        found = [item for path in entries for item in from_path(path)]
        if len(found) == 1:  # nothing but the export itself, which the instructor put there
            classes = [path for path in entries if holds_a_class(path)]
            found = from_batch(classes[0]) if classes else found
    elif place.suffix.lower() == ".zip":
        found = from_batch(place)
    else:
        found = from_path(place)
    if not found:
        raise CourseError(f"There is no notebook in {place}.")
    names = Counter(same(person.name) for person in roster)
    people = learners(found, [name for name, count in names.items() if count > 1])
    folders = safe_names([encodable(each.first.name)[:MAX_NAME] for each in people])
    return [
        Submission(
            each.name,
            folder,
            each.places,
            each.problem,
            each.first.is_folder,
            each.number,
            clean_name(each.first.name),
            each.times,
            each.late_marks,
            each.notes,
        )
        for folder, each in zip(folders, people)
    ]


def _check_reports(place, reports):
    """Refuse reports that would lie among a learner's files."""
    if reports == place or (reports and place in reports.parents and reports.parent != place):
        raise CourseError(f"Name a folder outside {place} for the reports.")
