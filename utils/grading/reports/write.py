"""Writes the reports: results.json and feedback for each, tables and an overview for all."""

import json

from ...files import write_whole
from ..intake.learner_names import listed, printable
from ..marks.final import Marker
from ..marks.overrides import shown
from .anonymous import remove_marking, without_names, write_marking
from .changes import last_report, note_changes
from .feedback import feedback_page, headline, what_to_look_at
from .gradebooks import contested, own_table, write_table
from .imports import fill_tables
from .masked import Mask
from .overview import overview_page

FEEDBACK = "feedback"  # the folder of what learners may get
INDEX = "index.html"
MAX_NAMED = 20


def gradescope(mark):
    """Return a Mark in the shape of Gradescope's results.json; points there have their weights."""
    shape = {
        "score": mark.score,
        "execution_time": mark.result.seconds,
        "output": "\n".join([_headline(mark), *mark.notes]),
        "visibility": "visible",
        "tests": [_test(item) for item in mark.items],
        "extra_data": {"week": mark.week, "status": mark.status},
    }
    if not mark.is_graded:  # as PrairieLearn says it
        shape.update(gradable=False, format_errors=[mark.reason])
    return shape


def _test(item):
    has_words = item.override or not item.is_right
    shape = {
        "name": item.exercise,
        "score": float(shown(item.weighted)),
        "max_score": float(shown(item.points * item.weight)),
        "output": f"{item.state}: {what_to_look_at(item)}" if has_words else "",
        "visibility": "visible",
        "extra_data": {"state": item.state},
    }
    if item.earned is not None:  # Gradescope has no word for what is held
        shape["status"] = "passed" if item.is_right else "failed"
    return shape


def _headline(mark):
    return headline(mark) if mark.is_graded else f"{mark.status}: {mark.reason}"


def write_submission(place, mark):
    """Write results.json and feedback.html of one submission into its folder, where they differ.

    place: pathlib.Path of the folder; mark: final.Mark.
    """
    place.mkdir(parents=True, exist_ok=True)
    text = json.dumps(gradescope(mark), indent=1, ensure_ascii=False) + "\n"
    for name, new in (("results.json", text), ("feedback.html", feedback_page(mark))):
        path = place / name
        try:
            is_same = path.read_bytes() == new.encode("utf-8")
        except OSError:
            is_same = False
        if not is_same:
            write_whole(path, new)


def write_all(folder, results, submissions, rules, mask=None, tables=()):
    """Write all pages, the tables and the overview of a whole run.

    folder: pathlib.Path; results: list of SubmissionResult, as submissions, a list of Submission,
    with codes in an anonymous run; rules: Rules; mask: Mask of such a run that knows more than the
    submissions, or None; tables: LmsTables to fill. Returns sentences: lines of the instructor's
    files that don't count, what a person must decide, whose marks differ from the last report's,
    and which rows of the tables are filled.
    """
    marker = Marker(submissions, rules)
    marks = [marker.mark(*pair) for pair in zip(results, submissions)]
    mask = mask or Mask(submissions)
    doubts = [*marker.bad, *marker.clock.sentences(), *_doubts(submissions)]
    doubts = [mask.sentence(text) for text in doubts]
    for mark in marks:
        if not mark.is_absent or mark.is_graded:
            write_submission(folder / FEEDBACK / mark.folder, mark)
    last = last_report(folder)
    write_table(folder / "grades.csv", own_table(marks))
    filled = fill_tables(folder, tables, marks)
    marks.sort(key=lambda mark: mark.code)  # the order of the names would tell who is who
    if marks[0].code:
        seen = without_names(marks, rules, mask)
        write_marking(folder, seen[0], submissions)
        write_whole(folder / INDEX, overview_page(*seen, doubts))
    else:
        write_whole(folder / INDEX, overview_page(marks, submissions, rules, doubts))
        remove_marking(folder)
    said = [*doubts, *_waits(marks), *note_changes(folder, marks, last), *filled]
    return [printable(mask.sentence(text)) for text in said]


def _waits(marks):
    """Say who is held."""
    held = [f"{mark.person} ({', '.join(mark.held)})" for mark in marks if mark.held]
    if not held:
        return []
    return [
        "Waiting for a person, so no table to import gets a score for them: "
        f"{listed(held, MAX_NAMED)}. index.html shows the code, and the line for overrides.csv "
        "that decides."
    ]


def _doubts(submissions):
    """Say whose scores no table to import gets."""
    sentences = []
    for number in sorted(contested(submissions)):
        same = [item for item in submissions if item.learner[1] == number]
        names = [item.called for item in same]
        which = "one number" if same[0].code else f"the number {number}"
        sentences.append(
            f"{len(names)} submissions carry {which}, so no table to import gets their "
            f"scores; enter the right one by hand: {', '.join(names)}"
        )
    return sentences
