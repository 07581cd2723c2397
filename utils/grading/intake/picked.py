"""What of a learner's files is graded at once, and what the report says of it."""

from dataclasses import dataclass

from ..rebuild.several import Part


@dataclass(eq=False)
class File:
    """A notebook or .py that was read. number: int, its place among all, the oldest first."""

    number: int
    name: str
    handed_in: str
    late_mark: bool
    part: Part
    notes: list


@dataclass
class Choice:
    """What is graded at once.

    notebook: str, the names of the files; answers: dict, exercise → answers.Answer; files: dict,
    exercise → the File whose answer it is, of those that are answered; main: the File that the rest
    is of; common: list of str, notes on all files; said: str, which file counts for what, or ''.
    """

    answers: dict
    files: dict
    main: File
    common: list
    said: str = ""
    is_best: bool = False

    @property
    def used(self):
        """The Files that it rests on, the oldest first."""
        files = {file.number: file for file in [*self.files.values(), self.main]}
        answered = {file.number for file in self.files.values()} or {self.main.number}
        return [files[number] for number in sorted(answered)]

    @property
    def notebook(self):
        return ", ".join(file.name for file in self.used)

    @property
    def notes(self):
        """All notes, a new list."""
        own = [note for file in self.used for note in file.notes]
        return list(dict.fromkeys([*self.common, *own, *([self.said] if self.said else [])]))

    @property
    def taken(self):
        """What results.SubmissionResult keeps of it."""
        best = {"best": True} if self.is_best else {}
        return [
            {
                "notebook": file.name,
                "handed_in": file.handed_in,
                "late_mark": file.late_mark,
                "exercises": [name for name in self.answers if self.files.get(name) is file],
                **best,
            }
            for file in self.used
        ]


def merged(found, picked):
    """Return the Choice that takes each exercise from one of several.

    found: list of Choice, as `choices` gives it; picked: dict, exercise → number in that list.
    """
    last = found[-1]
    answers = {name: found[picked.get(name, -1)].answers[name] for name in last.answers}
    files = {name: found[picked.get(name, -1)].files.get(name) for name in last.answers}
    files = {name: file for name, file in files.items() if file}
    choice = Choice(answers, files, last.main, last.common, is_best=True)
    if len(found) > 1:
        choice.said = f"Of each exercise the best answer counts: {which(choice)}."
    return choice


def which(choice):
    """Return which file counts for what, in words."""
    return "; ".join(
        f"`{each['notebook']}` for {', '.join(f'`{name}`' for name in each['exercises'])}"
        for each in choice.taken
    )
