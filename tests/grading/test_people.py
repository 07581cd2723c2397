"""Who is meant: names and numbers in the instructor's tables, and the roster."""

import os

import pytest

from utils.errors import CourseError
from utils.grading.canaries import notebook
from utils.grading.intake import roster, submissions
from utils.grading.intake.people import in_order, match, name_key
from utils.grading.intake.submissions import Submission
from utils.grading.intake.tables import BESIDE, MAX_TABLE, beside, read_table

ASA = Submission("Åsa Lindqvist", "asa", number="1003", upload="Åsa_1003_assignsubmission_file")
CANVAS = Submission("leeann", "leeann_77_88_week1", number="77", upload="leeann_77_88_week1")
DIGITS = Submission("1003", "1003_5", number="5", upload="1003_5_assignsubmission_file")
JOSE, PLAIN = Submission("José Núñez", "j1", number="8"), Submission("Jose Nunez", "j2", number="9")
TWINS = [Submission("Bo Chen", "Bo Chen", number="21"), Submission("Bo Chen", "x", number="22")]
ALL = [ASA, CANVAS, DIGITS, JOSE, PLAIN, *TWINS]


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("1003", [ASA]),
        ("Participant 01003", [ASA]),
        ("Teilnehmer/in 1003", [ASA]),
        ("åsa  LINDQVIST", [ASA]),
        ("Asa Lindqvist", [ASA]),
        ("Lindqvist, Åsa", [ASA]),
        ("Åsa Lindqvist (1003)", [ASA]),
        ("'Åsa Lindqvist", [ASA]),
        ("ASA", [ASA]),
        ("Åsa_1003_assignsubmission_file", [ASA]),
        ("Lee, Ann", [CANVAS]),
        ("Ann Lee", [CANVAS]),
        ("leeann_77_88_week1", [CANVAS]),
        ("José Núñez", [JOSE]),
        ("jose nunez", [PLAIN]),
        ("Bo Chen", TWINS),
        ("Bo Chen (22)", TWINS[1:]),
        ("Bo Chen (3)", []),
        ("Åsa", []),
        ("1", []),
        ("'", []),
        ("", []),
    ],
)
def test_a_text_names_a_learner(text, wanted):
    """However it is written; a number before a name that reads like one."""
    assert match(text, ALL) == wanted


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("Lee, Ann", "Ann Lee"),
        ("Ann Lee", "Ann Lee"),
        ("King, Jr., Émile", "Émile King, Jr."),
        ("King, Émile, Jr.", "Émile King, Jr."),
        ("Émile King, Jr.", "Émile King, Jr."),
        ("Ann Lee, III", "Ann Lee, III"),
        ("Ii, Naosuke", "Naosuke Ii"),
        ("Chen, Ii", "Ii Chen"),
        ("Lee,", "Lee"),
        (",", ","),
    ],
)
def test_a_name_in_its_order(text, wanted):
    """As Canvas sorts it, and with what stands after a name: it is one person's in any table."""
    assert in_order(text) == in_order(wanted) == wanted
    assert name_key(text) == name_key(wanted) == name_key(wanted.replace(",", ""))


TABLE = 'Learner,Points,Comment\n# not this\n\nÅsa,1,"two\nlines"\n,,\nBo,2,\n'
WRITTEN = {
    "UTF-8": TABLE.encode(),
    "with a mark": b"\xef\xbb\xbf" + TABLE.encode(),
    "UTF-16": TABLE.encode("utf-16"),
    "Windows": TABLE.replace("\n", "\r\n").encode("cp1252"),
    "semicolons": TABLE.replace(",", ";").encode(),
    "tabs": TABLE.replace(",", "\t").encode(),
    "Excel's first line": b"sep=;\n" + TABLE.replace(",", ";").encode(),
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_table_as_spreadsheets_write_it(tmp_path, kind):
    """Each line with its number in the file."""
    path = tmp_path / "a.csv"
    path.write_bytes(WRITTEN[kind])
    shift = kind.startswith("Excel")
    assert read_table(path, ["learner", "points"], "a table") == [
        (4 + shift, {"learner": "Åsa", "points": "1", "comment": "two\nlines"}),
        (7 + shift, {"learner": "Bo", "points": "2", "comment": ""}),
    ]


def test_cells_without_a_column_are_not_lost(tmp_path):
    """A decimal comma makes two cells of a number: that can't go unseen."""
    path = tmp_path / "a.csv"
    path.write_text("learner,points\nBo,0,5\nCem\n")
    (_, bo), (_, cem) = read_table(path, ["learner"], "a table")
    assert bo == {"learner": "Bo", "points": "0", BESIDE: "5"}
    assert cem == {"learner": "Cem", "points": ""}


BAD = {
    "no column": (b"name,points\nBo,1\n", "no column learner"),
    "no column of several": (b"points\n1\n", "no column learner or name"),
    "twice": (b"learner,learner\nBo,1\n", "2 columns learner"),
    "a quotation mark": (b'learner,points\nBo,"1\nCem,2\n', "line 2.*quotation mark"),
    "binary": (b"learner\n\0\1\x81", "isn't text"),
    "a spreadsheet": (b"PK\3\4" + b"x" * 100, "save a table as CSV"),
    "large": (b"learner\n" + b"x\n" * (MAX_TABLE // 2), "larger than 8 MB"),
    "long": (b"learner\n" + b"x\n" * 60_000, "more than 50,000 lines"),
    "one long cell": (b"learner\n" + b"x" * 1_000_000, "line 2"),
    "empty": (b"", "there it reads: nothing"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path, kind):
    """It says what was expected."""
    data, words = BAD[kind]
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    needed = [("learner", "name")] if kind == "no column of several" else ["learner"]
    with pytest.raises(CourseError, match=words) as said:
        read_table(path, needed, "a table")
    assert len(str(said.value)) < 500 and "\n" not in str(said.value)


def test_a_table_that_is_no_file(tmp_path):
    """Nobody waits for a pipe."""
    os.mkfifo(tmp_path / "pipe.csv")
    for name, words in (("pipe.csv", "isn't a file"), ("none.csv", "can't be read")):
        with pytest.raises(CourseError, match=words):
            read_table(tmp_path / name, [], "a table")


def test_what_lies_among_the_submissions_is_not_the_instructors(tmp_path):
    """Google Classroom leaves learners' files their names."""
    place = tmp_path / "submissions"
    place.mkdir()
    assert beside(place, "roster.csv", "--roster") is None
    (tmp_path / "roster.csv").write_text("name\nBo\n")
    assert beside(place, "roster.csv", "--roster") == tmp_path / "roster.csv"
    (place / "roster.csv").write_text("name\nMallory\n")
    with pytest.raises(CourseError, match="a learner may have put it"):
        roster.locate(place)
    own = roster.locate(place, place / "roster.csv")
    assert [person.name for person in roster.read(own)] == ["Mallory"]


LISTS = {
    "Moodle's worksheet": "Identifier,Full name,Email address,Status\n"
    "Participant 77,Ann Lee,lee@uni.edu,\nParticipant 78,Bo Chen,chen@uni.edu,\n",
    "Canvas's gradebook": "Student,ID,SIS User ID,SIS Login ID,Section,Week 1\n"
    "    Points Possible,,,,,17\n"
    '"Lee, Ann",77,s1,lee,A,\n"Chen, Bo",78,s2,chen,A,\n"Student, Test",99,,,,\n',
    "one's own": "Surname;First name;Number\nLee;Ann;77\nChen;Bo;78\n",
    "names alone": "Name\nAnn Lee\nBo Chen\n",
}


@pytest.mark.parametrize("kind", LISTS)
def test_who_handed_in_nothing(tmp_path, kind):
    """The list gives names; Canvas's `leeann` is found by its number, else by its letters."""
    path = tmp_path / "roster.csv"
    path.write_text(LISTS[kind], encoding="utf-8")
    strange = Submission("Zoë", "z", upload="Zoë")
    found, absent, said = roster.with_roster([CANVAS, strange], roster.read(path))
    assert [item.learner for item in found] == [("Ann Lee", "77"), ("Zoë", "")]
    assert [item.folder for item in found] == [CANVAS.folder, "z"]
    [bo] = absent
    assert bo.name == "Bo Chen" and bo.number == ("" if kind == "names alone" else "78")
    assert not bo.places and bo.problem == "Nothing was handed in."
    assert said[0] == "1 who handed in aren't in the roster: Zoë."
    assert said[1].startswith("1 of the roster handed in nothing: Bo Chen")


def people(*rows):
    return [roster.Person(*row) for row in rows]


def test_a_learner_who_takes_anothers_name_gets_no_row_of_theirs():
    """The number that the LMS wrote counts; where there is none, two claims cancel each other."""
    ann, bo, *others = people(("Ann Lee", "77"), ("Bo Chen", "78"), ("Cem", "79"), ("Di", "80"))
    honest = [Submission("Cem", "c", number="79"), Submission("Di", "d", number="80")]
    mallory = Submission("Ann Lee", "m", number="78", upload="Ann Lee_78_assignsubmission_file")
    found, absent, _ = roster.with_roster([mallory], [ann, bo])
    assert found[0].learner == ("Bo Chen", "78") and absent[0].number == "77"
    stranger = Submission("Ann Lee", "s", number="5", upload="Ann Lee_5_assignsubmission_file")
    found, absent, said = roster.with_roster([mallory, stranger, *honest], [ann, bo, *others])
    assert found[1].learner == ("Ann Lee", "5") and [item.number for item in absent] == ["77"]
    assert "aren't in the roster: Ann Lee (5)" in said[0]
    two = [Submission("Ann Lee", "a", upload="Ann Lee - w"), Submission("x", "b", upload="Ann Lee")]
    found, absent, said = roster.with_roster(two, [ann, bo])
    assert [item.learner for item in found] == [("Ann Lee", ""), ("x", "")]
    assert [item.name for item in absent] == ["Bo Chen"]
    assert "2 submissions may be Ann Lee (77)'s" in said[0]


def test_numbers_of_another_kind_say_nothing():
    """Those of the university aren't Moodle's, and may by chance be somebody else's there."""
    rows = people(("Ann Lee", "1002"), ("Bo Chen", "1001"), ("Cem Ak", "3"))
    work = [Submission("Ann Lee", "a", number="1001"), Submission("Bo Chen", "b", number="1002")]
    found, absent, said = roster.with_roster(work, rows)
    assert [item.learner for item in found] == [("Ann Lee", "1001"), ("Bo Chen", "1002")]
    assert [item.learner for item in absent] == [("Cem Ak", "")]
    assert "only its names were compared" in said[0]


def test_people_of_one_name():
    """By their numbers, or not at all."""
    rows = people(("Bo Chen", "21"), ("Bo Chen", "22"))
    found, absent, said = roster.with_roster(TWINS[:1], rows)
    assert found[0].number == "21" and absent[0].number == "22"
    found, absent, said = roster.with_roster([Submission("Bo Chen", "b", upload="Bo Chen")], rows)
    assert found[0].number == "" and not absent
    assert "of another of that name" in said[0]


def test_a_file_named_by_an_address_or_a_login():
    """As some learners call theirs."""
    rows = [
        roster.Person("Ann Lee", "", ("lee@uni.edu", "lee")),
        roster.Person("Bo Chen", "", ("s78",)),
    ]
    work = [Submission("lee", "a", upload="lee"), Submission("x", "b", upload="optics - S78")]
    found, absent, said = roster.with_roster(work, rows)
    assert [item.name for item in found] == ["Ann Lee", "Bo Chen"] and not absent and not said


def test_who_is_absent_gets_a_folder_of_nobody_else():
    """A file may be called like the folder of one who handed in nothing."""
    work = [Submission("x", "Ann Lee 77", upload="Ann Lee 77")]
    _, [absent], _ = roster.with_roster(work, people(("Ann Lee", "77")))
    assert absent.folder == "Ann Lee 77 (2)"


@pytest.mark.parametrize(
    "text, words",
    [
        ("a,b\n1,2\n", "no column `name` or `number`"),
        ("name,number\nAnn,7\nBo,7\n", "line 3: the number 7 stands in line 2 already"),
        ("name\n", "names nobody"),
    ],
)
def test_a_roster_that_is_none(tmp_path, text, words):
    """One sentence."""
    (tmp_path / "roster.csv").write_text(text)
    with pytest.raises(CourseError, match=words):
        roster.read(tmp_path / "roster.csv")


def test_a_roster_of_names_that_do_something(tmp_path):
    """To a terminal, or to what stands beside them."""
    (tmp_path / "roster.csv").write_text("name,number\n\x1b[31mAnn\u202e,7\n", encoding="utf-8")
    [person] = roster.read(tmp_path / "roster.csv")
    assert person.name == "\\x1b[31mAnn\\u202e"


def test_many_people_are_not_compared_each_with_each(tmp_path):
    """Four thousand files and as many lines: each finds its own."""
    for number in range(1, 4_001):
        (tmp_path / f"Learner{number} Of Class - week1.ipynb").write_bytes(notebook("x = 1"))
    rows = [roster.Person(f"Learner{number} Of Class", str(number)) for number in range(1, 4_001)]
    found, absent, said = roster.with_roster(submissions.find(tmp_path), rows)
    assert {item.number for item in found} == {*map(str, range(1, 4_001))}
    assert not absent and not said
