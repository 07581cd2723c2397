"""Anonymous marking: whoever looks at the pages for marking, or at the terminal, sees no names."""

import csv
import json
import re
from dataclasses import replace

import pytest

from tests.support.grading_room import GOOD, IMPORTS, RIGHT, needs_box
from utils.grading import __main__, blindfold
from utils.grading.batch import Batch
from utils.grading.canaries import notebook
from utils.grading.intake import codes
from utils.grading.intake.participants import Person
from utils.grading.intake.people import People
from utils.grading.intake.submissions import Submission
from utils.grading.judge.verdicts import checks_of, max_score
from utils.grading.marks.late import read_due, read_policy
from utils.grading.marks.overrides import Override
from utils.grading.marks.rules import Rules
from utils.grading.reports.write import write_all
from utils.grading.results import ExerciseResult, Status, SubmissionResult

SEED = 5
FOLDERS = [f"Learner_{number}_assignsubmission_file" for number in range(500)]


def test_codes_are_different_and_nothing_in_them_looks_alike():
    found = codes.codes(FOLDERS, SEED)
    assert len(set(found.values())) == len(FOLDERS)
    assert not set("".join(found.values())) & set("0O1IL5S2Z8BUVAE")
    assert all(code[0].isalpha() and len(code) == codes.LEAST for code in found.values())
    assert found == codes.codes(FOLDERS[::-1], SEED)
    assert not set(found.values()) & set(codes.codes(FOLDERS, SEED + 1).values())


def test_where_two_would_have_one_code_neither_keeps_it():
    """So that what was written down of one, before the other came, never means the other."""
    found = codes.codes(FOLDERS, SEED, least=2)
    alone = codes.codes(FOLDERS[:10], SEED, least=2)
    assert len(set(found.values())) == len(FOLDERS)
    for folder, code in alone.items():
        assert found[folder].startswith(code)
        assert code not in found.values() or found[folder] == code


def test_a_code_is_found_as_somebody_types_it():
    """Before a number or a name that reads like one."""
    [first, second] = codes.with_codes([Submission("Ann", "a"), Submission("x", "b")], SEED)
    second = replace(second, name=first.code)
    for text in (first.code, f" learner {first.code.lower()}", f"Learner  {first.code}"):
        assert People([first, second]).find(text) == [first]


# A name, number, and all else that tells who somebody is. Words of it must be nowhere.
PEOPLE = [
    ("Åsa Lindqvist", "1001", "Åsa Lindqvist_1001_assignsubmission_file", "asa_final.ipynb"),
    ("Bo Chen", "1002", "Bo Chen_1002_assignsubmission_file", "chenbo.ipynb"),
    ("Bo Chen", "1003", "Bo Chen_1003_assignsubmission_file", "week1.ipynb"),
    ("O'Neil, Dana", "1004", "O'Neil, Dana_1004_assignsubmission_file", "dana.zip"),
    ("Émile <Petit>", "1005", "Émile _Petit__1005_assignsubmission_file", "petit.ipynb"),
    ("李 明", "1006", "李 明_1006_assignsubmission_file", "liming.ipynb"),
    ("Kai Müller", "1006", "Kai Müller_1006_assignsubmission_file", "kai.ipynb"),
    ("Nia Okoro", "1008", "Nia Okoro 1008", ""),
]
TELLS = re.compile(
    r"Åsa|Lindqvist|asa_final|\bBo\b|Chen|chenbo|Neil|Dana|dana|Émile|Petit|petit|李|明|liming|"
    r"Kai|kai|Müller|Nia|Okoro|\b100\d\b|assignsubmission|\d\d:\d\d|Zed|Gone|9999"
)
WHEN, IN_TIME = "2026-12-01T09:41:00+00:00", "2026-11-30T09:41:00+00:00"


def test_the_pattern_finds_what_tells_somebody():
    for about in PEOPLE:
        for text in filter(None, about):
            assert TELLS.search(text.replace("week1.ipynb", "Chen")), text


def made_class():
    """Return (results, submissions) of PEOPLE, in whose reports names turn up in many places."""
    results, works = [], []
    for name, number, folder, file in PEOPLE:
        places = ((file, file), (f"/in/{folder}/old.ipynb",)) if file else ()
        note = (f"2 uploads carry the name {name}, so they count together: `{folder}`, `{file}`.",)
        when = WHEN if number == "1001" else IN_TIME
        times, marks = (when,) * len(places), (False,) * len(places)
        work = Submission(name, folder, places, "", True, number, folder, times, marks, note)
        works.append(work)
        results.append(_result(work, file, when))
    return results, works


def _result(work, file, when):
    result = SubmissionResult(work.name, work.folder, 1, SEED, max_score(1), notes=[*work.notes])
    if not file:
        result.status, result.reason = Status.NOT_HANDED_IN, ""
        return result
    for name, check in checks_of(1).items():
        each = ExerciseResult(name, check.points, Status.GRADED, score=check.points)
        result.exercises.append(each)
    first, second, third = result.exercises[:3]
    first.status, first.score, first.details = Status.HELD, 0, f"held in {work.folder}"
    second.score, second.reason, second.mistake = 0, f"it raised: no {work.name}", "It is swapped."
    second.notes = [f"A later version of it, in `{file}`, can't be read, so this one counts."]
    third.flags, third.status, third.score = ["os._exit"], Status.TIMED_OUT, 0
    result.sources = {first.name: GOOD, second.name: RIGHT}
    result.notebook = file
    about = {"handed_in": when, "late_mark": False, "exercises": list(checks_of(1))}
    result.taken = [{"notebook": file, **about}, {"notebook": "old.ipynb", **about}]
    return result


def made_rules(*overrides):
    rules = Rules(1, due=read_due("2026-11-30T23:59+00:00"), policy=read_policy("10% a day"))
    rules.overrides = [
        Override(f"overrides.csv, line {line}", *about)
        for line, about in enumerate(overrides, start=2)
    ]
    return rules


def read_key(folder):
    with open(folder / "names.csv", encoding="utf-8-sig", newline="") as file:
        return {row["folder"]: row["code"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """(folder, sentences) of an anonymous report, on a folder where one with names was before."""
    folder, (results, works) = tmp_path_factory.mktemp("report"), made_class()
    gone = Submission("Zed Gone", "Zed Gone_9999_x", number="9999")
    write_all(folder, [*results, replace(results[-1], name=gone.name)], [*works, gone], Rules(1))
    assert TELLS.search((folder / "index.html").read_text(encoding="utf-8"))
    found, absent = blindfold.put_on(works[:-1], works[-1:], SEED, folder)
    rules = made_rules(
        (found[0].code, "sgd_step", 1.0, "as Kai Müller has it"),
        ("1002", "sgd_step", 1.0, ""),
        ("Bo Chen", "sgd_step", 1.0, ""),
        ("Zed Gon", "sgd_step", 1.0, ""),
        ("Nia Okoro", "*", 4.0, "on paper"),
    )
    people = [Person(name, number) for name, number, *_ in PEOPLE]
    mask = blindfold.mask_of([*found, *absent], rules, people, SEED, folder)
    said = write_all(folder, results, [*found, *absent], rules, mask)
    names = ", ".join(f"{name} ({number})" for name, number, *_ in PEOPLE)
    said += [mask.sentence(f"8 of the roster handed in nothing: {names}, and 2 more.")]
    said += [mask.sentence("`Bo Chen_1002_assignsubmission_file` may be Bo Chen's (1002).")]
    said += [mask.sentence("No longer among the submissions is Zed Gone; here: Zed Gone_9999_x")]
    return folder, said


def test_no_page_for_marking_and_no_sentence_tells_who_somebody_is(report):
    folder, said = report
    pages = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("marking/*")}
    assert len(pages) == len(PEOPLE)
    pages["index.html"] = (folder / "index.html").read_text(encoding="utf-8")
    for name, text in {**pages, "what is printed": "\n".join(said)}.items():
        assert not (found := TELLS.search(text)), (
            name,
            text[found.start() - 90 : found.end() + 50],
        )
        assert not TELLS.search(name)
    for code in read_key(folder).values():
        assert f"Learner {code}</title>" in pages[f"{code}.html"]
        assert f'href="marking/{code}.html"' in pages["index.html"]
        assert f"Learner {code}" in "\n".join(said)


def test_what_the_pages_are_for_is_still_there(report):
    """Held code and the line that decides, late work, mistakes, and what was decided."""
    folder, said = report
    text = (folder / "index.html").read_text(encoding="utf-8")
    code = read_key(folder)["Åsa Lindqvist_1001_assignsubmission_file"]
    assert f"Learner {code},{next(iter(checks_of(1)))},1," in text
    assert "np.column_stack" in text and "It is swapped." in text and "1 day" in text
    assert f"as Learner {read_key(folder)['Kai Müller_1006_assignsubmission_file']} has it" in text
    assert "overrides.csv, line 4: 'somebody' can be 2 learners" in "\n".join(said)
    page = (folder / "marking" / f"{code}.html").read_text(encoding="utf-8")
    assert re.search(r"Handed in 1 day late: [\d.]+ points taken off\.", page)


def test_neither_the_order_of_people_nor_the_seed_tells_it(report):
    folder, said = report
    text = (folder / "index.html").read_text(encoding="utf-8")
    rows = re.findall(r"Learner (\w+)", text[text.rindex("<h2") :])
    held = re.findall(r"<h3>.*?Learner (\w+)", text)
    assert len(rows) >= len(PEOPLE) and len(held) == len(PEOPLE) - 1
    for codes_in_row in (rows, held, *(re.findall(r"Learner (\w+)", each) for each in said)):
        assert codes_in_row == sorted(codes_in_row)
    assert not re.search(r"[Ss]eed", text)


def test_tables_and_learners_own_pages_have_names(report):
    """They are what gives marks back."""
    folder, _ = report
    with open(folder / "grades.csv", encoding="utf-8-sig", newline="") as file:
        assert {row["name"] for row in csv.DictReader(file)} == {name for name, *_ in PEOPLE}
    for name, place in (("Åsa Lindqvist", PEOPLE[0][2]), ("Kai Müller", PEOPLE[6][2])):
        assert name in (folder / "feedback" / place / "feedback.html").read_text(encoding="utf-8")


def test_names_come_back_when_they_are_asked_for_and_nothing_anonymous_stays(report, tmp_path):
    results, works = made_class()
    found, absent = blindfold.put_on(works[:-1], works[-1:], SEED, tmp_path)
    write_all(tmp_path, results, [*found, *absent], Rules(1))
    old = tmp_path / "marking" / "CCCCC.html"
    old.write_text("of somebody who isn't here any more")
    write_all(tmp_path, results, [*found, *absent], Rules(1))
    assert not old.exists() and (tmp_path / "names.csv").exists()
    write_all(tmp_path, results, works, Rules(1))
    assert not (tmp_path / "marking").exists() and not (tmp_path / "names.csv").exists()
    assert "Lindqvist" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_a_run_remembers_that_it_is_anonymous_and_removes_a_page_with_names(tmp_path):
    Batch(tmp_path, 1, SEED).close()
    page = tmp_path / "index.html"
    page.write_text("Ann")
    Batch(tmp_path, 1, SEED, resume=True, is_anonymous=True).close()
    assert not page.exists()
    state = json.loads((tmp_path / "run.json").read_text())
    assert state == {"week": 1, "seed": SEED, "anonymous": True}
    assert blindfold.is_on(None, state) and not blindfold.is_on(False, state)
    assert not blindfold.is_on(None, None) and blindfold.is_on(True, None)


def run(*arguments):
    return __main__.main([str(argument) for argument in arguments])


@needs_box
def test_the_command_names_nobody_until_it_is_told_to(tmp_path, capsys):
    for _, number, folder, file in PEOPLE[:3]:
        place = tmp_path / "in" / folder
        place.mkdir(parents=True)
        answers = (IMPORTS, GOOD, f"{RIGHT}  # {number}") if number != "1002" else ("1 +",)
        (place / file).write_bytes(notebook(*answers))
    lines = ["name,number", *(f'"{name}",{number}' for name, number, *_ in PEOPLE[2:4])]
    (tmp_path / "roster.csv").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "report"
    assert run("week1", tmp_path / "in", "--out", out, "--anonymous", "--seed", SEED) == 0
    said = capsys.readouterr().out
    assert not TELLS.search(said), said
    key = read_key(out)
    for folder, code in key.items():
        assert f"Learner {code}" in said, folder
    code = key[PEOPLE[0][2]]
    (tmp_path / "overrides.csv").write_text(f"learner,exercise,points\n{code},sgd_step,0.5\n")
    assert run("week1", tmp_path / "in", "--out", out, "--resume") == 0
    said = capsys.readouterr().out
    assert f"Learner {code}: 2 → 1.5 (sgd_step 1 → 0.5)" in said and not TELLS.search(said)
    assert not TELLS.search((out / "index.html").read_text(encoding="utf-8"))
    assert run("week1", tmp_path / "in", "--out", out, "--resume", "--no-anonymous") == 0
    assert "Lindqvist" in capsys.readouterr().out
    assert "Lindqvist" in (out / "index.html").read_text(encoding="utf-8")
    assert not (out / "marking").exists()
