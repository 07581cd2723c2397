"""The list of those who take part: their names in the reports, and who handed in nothing."""

from dataclasses import replace
from pathlib import Path

from .classroom import parts_of
from .learner_names import listed, safe_names
from .participants import Person, read
from .people import People, number_in
from .submissions import Submission
from .tables import beside

__all__ = ["Claims", "Person", "locate", "read", "with_roster"]

FILE, OPTION = "roster.csv", "--roster"
MAX_NAMED = 20  # people in one sentence


def locate(place, option=None):
    """Return the path of the roster, or None where there is none.

    place: pathlib.Path of the submissions; option: pathlib.Path or None, what `--roster` names.
    Raises CourseError.
    """
    return Path(option) if option else beside(Path(place), FILE, OPTION)


class Claims:
    """Whose of a list of people each submission is.

    submissions: list of submissions.Submission; people: list of Person. numbers_count: bool,
    whether the people's numbers are those of the export; says_nothing: bool, whether they have
    numbers that aren't; found: for each submission, the people that it may be of; takers: dict
    from Person to the list of submissions that may be theirs. A number that the export has counts
    before a name, which learners can choose.
    """

    def __init__(self, submissions, people):
        self.submissions = submissions
        self.index = People(people)
        self.aliases = {}
        for person in people:
            for alias in person.aliases:
                self.aliases.setdefault(alias, []).append(person)
        self.numbers_count = self._numbers_count()
        self.says_nothing = bool(self.index.numbers) and not self.numbers_count
        self.found = [self._of(item) for item in submissions]
        self.takers = {}
        for item, persons in zip(submissions, self.found):
            for person in persons:
                self.takers.setdefault(person, []).append(item)

    def sure(self):
        """Return for each submission its Person, or None: where two submissions may be one
        person's, neither is."""
        return [
            persons[0] if len(persons) == 1 and len(self.takers[persons[0]]) == 1 else None
            for persons in self.found
        ]

    def _numbers_count(self):
        """Whether the roster's numbers are those of the export, and not of another kind, as the
        university's: then most names that the roster has belong to other numbers."""
        right, wrong, known = 0, 0, 0
        for item in self.submissions:
            owners = self.index.numbers.get(item.number, [])
            named = self.index.by_name(item.name)
            known += bool(owners)
            if item.number and (owners or named):
                is_right = bool(owners) and (not named or any(one in named for one in owners))
                right, wrong = right + is_right, wrong + (not is_right)
        return wrong <= right or (wrong < 2 and known > 0)

    def _of(self, item):
        number = item.number or number_in(item.name)
        if number and self.numbers_count:
            found = self.index.numbers.get(number, [])
            if found or item.number:
                return found or [each for each in self._named(item.name) if not each.number]
        upload = item.upload or item.name
        for text in (item.name, upload, *parts_of(upload)):  # Google Classroom: `optics - Bo Chen`
            if found := self._named(text):
                return found
        return []

    def _named(self, text):
        return self.aliases.get(text.casefold()) or self.index.by_name(text)


def with_roster(submissions, people):
    """Return (submissions, absent, sentences): with the roster's names and numbers; Submissions
    without work of those who handed in nothing; and what to say of it.

    submissions: list of submissions.Submission; people: list of Person, as `read` gives it. Where
    two submissions may be one person's, neither gets the name.
    """
    claims = Claims(submissions, people)
    takers = claims.takers
    named, unclear, strange = [], {}, []
    for item, persons, person in zip(submissions, claims.found, claims.sure()):
        if person:
            item = _named(item, person, claims.numbers_count)
        elif persons:
            unclear.update(dict.fromkeys(persons))
        else:
            strange.append(item)
        named.append(item)
    absent = [person for person in people if person not in takers]
    sentences = [_unclear(person, takers[person]) for person in unclear]
    if claims.says_nothing:
        said = "The roster's numbers aren't the export's, so only its names were compared."
        sentences.insert(0, said)
    if strange:
        names = listed([_shown(item) for item in strange], MAX_NAMED)
        sentences.append(f"{len(strange)} who handed in aren't in the roster: {names}.")
    if absent:
        names = listed([person.shown for person in absent], MAX_NAMED)
        sentences.append(f"{len(absent)} of the roster handed in nothing: {names}.")
    return named, _absent(absent, submissions, claims.numbers_count), sentences


def _named(item, person, numbers_count):
    number = item.number or person.number * numbers_count
    return replace(item, name=person.name or item.name, number=number, address=person.address)


def _unclear(person, items):
    names = listed([f"`{item.upload or item.name}`" for item in items], MAX_NAMED)
    who = person.shown
    if len(items) == 1:
        return f"{names} may be the work of {who} or of another of that name."
    return f"{len(items)} submissions may be {who}'s, so none of them gets that name: {names}."


def _shown(item):
    return f"{item.name} ({item.number})" if item.number else item.name


def _absent(people, submissions, numbers_count):
    numbers = [person.number * numbers_count for person in people]
    names = [f"{each.called} {number}".strip() for each, number in zip(people, numbers)]
    folders = safe_names(names, [item.folder for item in submissions])
    said = "Nothing was handed in."
    return [
        Submission(person.called, folder, problem=said, number=number, address=person.address)
        for person, folder, number in zip(people, folders, numbers)
    ]
