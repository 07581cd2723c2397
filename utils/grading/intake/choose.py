"""Chooses, of all that a learner handed in, what is graded.

Of each exercise it is the latest notebook that holds an answer: no template hides an older one, and
work that is split over two notebooks counts together. A .py counts where no notebook holds any.
"""

from dataclasses import dataclass, field, replace

from ... import notebooks
from ..rebuild.answers import given_imports
from ..rebuild.several import Part, together
from ..sandbox import limits
from . import bounds
from .learner_names import MAX_NAME, clean_name
from .picked import Choice, File, merged, which
from .reading import NotGradable, read_sources
from .scripts import is_script, is_solutions, read_script

MAX_ANSWER = 100_000  # characters of one exercise's code, with all that it depends on
MAX_ALONE = 5  # files that are graded each alone where the best counts: more would be guessing
MAX_NAMED = 5  # files that can't be read, in the notes
__all__ = ["Choice", "choices", "given", "merged"]
FAR = 1_000_000  # more than any notebook has statements


def given(week):
    """Return the imports of the course's own notebook, for submissions where they are missing."""
    cells = notebooks.read(week).cells
    return given_imports([cell.source for cell in cells if cell.cell_type == "code"])


def choices(submission, week, names, pick="latest"):
    """Return what of a submission is to be graded: a list of Choice, which is one for "latest".

    submission: submissions.Submission; week: int; names: list of str, the exercises; pick: "latest"
    or "best": then each file alone, the oldest first, and at the end all of them together, of which
    `merged` makes one. Raises NotGradable.
    """
    try:
        with limits.at_most(limits.READ_SECONDS):
            found = _choices(submission, week, names, pick)
    except limits.TooSlow:
        raise NotGradable(f"It takes more than {limits.READ_SECONDS} seconds to read.") from None
    for choice in found:
        for answer in choice.answers.values():
            if sum(len(statement.source) for statement in answer.statements) > MAX_ANSWER:
                answer.statements, answer.calls = [], []
                answer.problem = f"It depends on more than {MAX_ANSWER:,} characters of code."
    return found


@dataclass
class _Pile:
    """The files of one kind that were read, the oldest first, as far as they may count.

    chosen: dict, exercise → the File whose answer counts; broken: the same of cells that can't be
    read; alone: where the best counts, the latest Files with answers; problems: list of (name,
    words); fullest: (exercises, the File that holds most of them, answered or not); count,
    answered: how many there are, and how many with answers.
    """

    chosen: dict = field(default_factory=dict)
    broken: dict = field(default_factory=dict)
    alone: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    fullest: tuple = (0, None)
    count: int = 0
    answered: int = 0

    def add(self, file, is_best):
        attempted = file.part.attempted
        self.chosen.update(dict.fromkeys(attempted, file))
        self.broken.update(dict.fromkeys(file.part.unreadable, file))
        self.answered += bool(attempted)
        if attempted and is_best:  # others aren't kept in memory
            self.alone = [*self.alone, file][-MAX_ALONE:]
        held = sum(bool(each.statements or each.problem) for each in file.part.answers.values())
        if self.fullest[1] is None or held >= self.fullest[0]:
            self.fullest = held, file


def _read(submission, week, names, scripts, is_best):
    """Return the _Pile of a submission's notebooks, or of its .py."""
    pile, imports = _Pile(), given(week)
    times, marks = getattr(submission, "times", ()), getattr(submission, "late_marks", ())
    for number, (name, data) in enumerate(submission.notebooks()):
        if is_script(name) != scripts:
            continue
        pile.count += 1
        try:
            sources = _sources(data, week, scripts)
        except NotGradable as error:
            pile.problems.append((_short(name), str(error)))
            continue
        part = Part(sources.cells, sources.texts, names, imports)
        about = (times[number] if times else "", bool(marks and marks[number]))
        pile.add(File(number, _short(name), *about, part, sources.notes), is_best)
    return pile


def _short(name):
    """Return a file's name in one line of limited length, its end at least."""
    return clean_name(name if len(name) <= MAX_NAME else f"…{name[1 - MAX_NAME :]}")


def _sources(data, week, is_py):
    if isinstance(data, NotGradable):
        raise data
    if is_py:
        sources = read_script(data)
        if is_solutions("\n".join(sources.cells), week):
            raise NotGradable("The file is the course's own solutions.py.")
        return sources
    bounds.check_file(data)
    sources = read_sources(data)
    bounds.check_code(sources.cells)
    return sources


def _choices(submission, week, names, pick):
    is_best = pick == "best"
    pile = _read(submission, week, names, False, is_best)
    problems, common = [*pile.problems], [*getattr(submission, "notes", ())]
    if not pile.chosen:
        scripts = _read(submission, week, names, True, is_best)
        problems += scripts.problems
        if scripts.chosen and pile.count:
            common.append("No notebook holds an answer, so the .py counts.")
        if scripts.chosen or (scripts.fullest[1] and not pile.fullest[0]):
            pile = scripts
    if pile.fullest[1] is None:
        said = problems[0][1] if problems else "There is no notebook."
        raise NotGradable(submission.problem or said)
    if not pile.fullest[0]:
        what = "file" if is_script(pile.fullest[1].name) else "notebook"
        raise NotGradable(f"The {what} contains none of this week's exercises.")
    common += [f"`{name}` doesn't count: {words}" for name, words in problems[:MAX_NAMED]]
    together = _together(pile, names, common)
    alone = [file for file in pile.alone if together.used != [file]]
    if alone and pile.answered > MAX_ALONE:
        common.append(f"Of {pile.answered} files, the latest {MAX_ALONE} were also graded alone.")
    return [*(_alone(file, common) for file in alone), together]


def _alone(file, common):
    return Choice(_far(file), dict.fromkeys(file.part.attempted, file), file, common)


def _far(file):
    """Return a file's answers, with places behind those of all files that are older."""
    return {
        name: replace(each, place=each.place + FAR * file.number, notes=[*each.notes])
        for name, each in file.part.answers.items()
    }


def _together(pile, names, common):
    """Return the Choice of all files of a pile together."""
    chosen = {**pile.broken, **pile.chosen}
    chosen = {name: chosen[name] for name in names if name in chosen}
    files = sorted({file.number: file for file in chosen.values()}.items())
    counts = [sum(each is file for each in chosen.values()) for _, file in files]
    main = max(zip(counts, files))[1][1] if files else pile.fullest[1]
    choice = Choice(_far(main), chosen, main, common)
    if len(files) > 1:
        choice.answers.update(_joined(chosen, [file for _, file in files]))
        for _, file in files:  # a template in any of them says more than that there is nothing
            for name, answer in _far(file).items():
                if answer.statements and not choice.answers[name].statements:
                    choice.answers[name] = answer
    for name, file in pile.broken.items():
        if name in pile.chosen and file.number > chosen[name].number:
            words = f"A later version of it, in `{file.name}`, can't be read, so this one counts."
            choice.answers[name].notes.append(words)
    if pile.count > 1:
        kind = ".py files" if is_script(main.name) else "notebooks"
        which = f"`{main.name}` was graded" if len(choice.used) < 2 else _latest(choice)
        choice.said = f"{pile.count} {kind} were handed in; {which}."
    return choice


def _latest(choice):
    return f"of each exercise the latest answer counts: {which(choice)}"


def _joined(chosen, files):
    """Return {name: Answer} of exercises whose answers several files hold."""
    numbers = {id(file.part): file.number for file in files}
    parts = {name: file.part for name, file in chosen.items()}
    try:
        bounds.check_code([cell for file in files for cell in file.part.cells])
        found = together(parts, [file.part for file in files])
    except NotGradable:  # too long to be read as one: each sees its own notebook
        found = {name: part.answers[name] for name, part in parts.items()}
    return {
        name: replace(each, place=each.place + FAR * numbers[id(parts[name])], notes=[*each.notes])
        for name, each in found.items()
    }
