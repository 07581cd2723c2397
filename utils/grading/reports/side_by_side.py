"""One group of copies: what is alike, whose it is, and the code of two side by side."""

from difflib import SequenceMatcher
from html import escape

from ..copies.groups import REFERENCE
from ..intake.learner_names import clean
from .class_members import shortened
from .page import Html, beside, folded, items, joined, paragraph, plain, smaller_heading, strong

MOST_EXERCISES, MOST_LINES, MOST_CHARACTERS = 3, 60, 4_000  # of a group; of one text
DIFFERS, SAME = "≠ ", "  "


def copies_of(group, sources, links):
    """Return one group as a list of Html.

    group: copies.groups.Group; sources: dict, learner → {exercise: code}; links: dict, learner →
    Html that leads to the learner's page.
    """
    first, *others = group.learners
    shown = list(group.exercises.items())[:MOST_EXERCISES]
    is_reference = group.kind == REFERENCE
    title = "The reference" if is_reference else links[others[0]]
    codes = group.references if is_reference else sources[others[0]]
    folds = [
        folded(
            f"`{exercise}`: {share:.0%} alike",
            _two(links[first], sources[first][exercise], title, codes[exercise]),
        )
        for exercise, share in shown
    ]
    rest = len(group.exercises) - len(shown)
    more = [paragraph(f"Alike in {rest} more exercise{'s' * (rest != 1)}.")] if rest else []
    return [
        smaller_heading(_heading(group)),
        items([links[learner] for learner in group.learners]),
        *folds,
        *more,
    ]


def _heading(group):
    count = len(group.learners)
    if group.kind == REFERENCE:
        who = "One learner" if count == 1 else f"{count} learners"
        return f"{who} handed in the course's reference"
    return f"{count} learners: {group.kind}"


def _two(first_title, first, second_title, second):
    """Return two texts side by side; each line that the other lacks has a sign and a colour."""
    texts = [shortened(clean(each), MOST_LINES, MOST_CHARACTERS) for each in (first, second)]
    lines = [text.splitlines() for text in texts]
    keys = [[line.strip() for line in each] for each in lines]
    same = [set(), set()]
    for one, other, size in SequenceMatcher(None, *keys, autojunk=False).get_matching_blocks():
        same[0].update(range(one, one + size))
        same[1].update(range(other, other + size))
    titles = (first_title, second_title)
    columns = [_column(*each) for each in zip(titles, lines, same)]
    return joined(
        paragraph(f"Lines with {DIFFERS.strip()} are not in the other one."), beside(*columns)
    )


def _column(title, lines, same):
    rows = []
    for number, line in enumerate(lines):
        is_same = number in same or not line.strip()
        text = f"{SAME if is_same else DIFFERS}{escape(line)}"
        rows.append(text if is_same else f"<mark>{text}</mark>")
    head = title if isinstance(title, Html) else plain(title)
    return joined(strong(head), Html('<pre class="code">' + "\n".join(rows) + "</pre>"))
