"""How the overview's pages show learners and their code: links, and not more than fits."""

from ..intake.learner_names import clean
from .page import Html, folded, joined, link, plain

MOST_NAMED = 12  # learners in a row
LINES, CHARACTERS = 60, 4_000  # of code that is shown
CUT = "… ({} more)"


def who(mark, exercise=""):
    """Return a learner's name as Html, with a link to the page, at an exercise's place there."""
    if not mark.page:
        return plain(mark.person)
    return link(mark.person, f"{mark.page}#{exercise}" if exercise else mark.page)


def several(marks, exercise=""):
    """Return learners in a row as Html, and how many more there are. marks: list of final.Mark."""
    names = [who(mark, exercise) for mark in marks[:MOST_NAMED]]
    if len(marks) > MOST_NAMED:
        names.append(Html(f"and {len(marks) - MOST_NAMED} more"))
    return joined(*names, between=", ")


def shortened(text, lines=LINES, characters=CHARACTERS):
    """Return a text that has at most so many lines and characters, and says what is cut off."""
    kept = text.splitlines()
    more = len(kept) - lines
    if more > 1:
        text = "\n".join([*kept[:lines], CUT.format(f"{more} lines")])
    more = len(text) - characters
    return f"{text[:characters]}\n{CUT.format(f'{more} characters')}" if more > 0 else text


def code_of(mark, exercise, **most):
    """Return the code of an answer, shortened, or ''. most: see `shortened`."""
    return shortened(clean(mark.result.sources.get(exercise, "")), **most)


def an_example(marks, exercise):
    """Return the shortest code of some learners' answers, folded, or nothing. It is for the class
    to look at, so it doesn't say whose it is."""
    codes = [code for mark in marks if (code := code_of(mark, exercise))]
    if not codes:
        return Html()
    return folded("One answer’s code", min(codes, key=lambda code: (code.count("\n"), len(code))))
