"""What is made from the notebooks: the map of the course, the glossary, the tables for teachers."""

import re

import pytest

from utils import config, notebooks
from utils.checks.exercise import exercise_names
from utils.errors import CourseError
from utils.site import course_map, glossary, lanes, outline, teaching
from utils.site.value_flow import Flow, reduced

WEEKS = config.available_weeks()


@pytest.mark.parametrize(
    "cells, expected",
    [
        (["b(a(1))"], {"a"}),
        (["x = a(1)", "y = x + 1", "b(y)"], {"a"}),
        (["x = a(1)", "x = 2", "b(x)"], set()),
        (["for x in a(3): b(x)"], {"a"}),
        (["b([x for x in a(3)])", "b(x)"], {"a"}),
        (["x = a(1)", "def f(x): b(x)"], set()),
        (["def f(x): return a(x)", "b(f(1))"], {"a"}),
        (["b(1, key=lambda x: a(x))"], {"a"}),
        (["with a(1) as x: b(x)"], {"a"}),
        (["x = [c(a(1))]", "b(x)"], {"c"}),
        (["b = a(1)", "b(a)"], set()),  # the name is no exercise any more
    ],
)
def test_a_value_is_followed_from_exercise_to_exercise(cells, expected):
    flow = Flow("abc")
    for cell in cells:
        flow.read(cell)
    assert flow.given["b"] == expected


def test_a_line_that_a_longer_way_stands_for_is_left_out():
    edges = {"a": set(), "b": {"a"}, "c": {"a", "b"}, "d": {"a"}}
    assert reduced(edges) == {"a": set(), "b": {"a"}, "c": {"b"}, "d": {"a"}}


@pytest.mark.parametrize("week", WEEKS)
def test_the_map_has_all_exercises_and_lines_lead_down(week):
    found = outline.read(week)
    names = [one.name for one in found]
    assert sorted(names) == sorted(exercise_names(week))
    for place, one in enumerate(found):
        assert one.title and one.section and not set(one.calls) & set(one.beside)
        assert set(one.beside) <= set(names[:place])
    assert any(one.calls or one.beside for one in found)


def test_lines_of_the_map_are_those_of_the_code():
    found = {one.name: one for one in outline.read(1)}
    assert found["compute_grad"].calls == ("probability",)
    assert "expand" in found["probability"].beside
    assert "compute_grad" in found["sgd"].beside


@pytest.mark.parametrize("week", WEEKS)
def test_no_two_lines_of_a_picture_lie_on_each_other(week):
    found = outline.read(week)
    place = {one.name: number for number, one in enumerate(found)}
    edges = {place[one.name]: [place[name] for name in (*one.calls, *one.beside)] for one in found}
    chosen = lanes.lanes(edges)
    ends = {start: max(end for end in edges if start in edges[end]) for start in chosen}
    for one in chosen:
        for other in chosen:
            if one < other and chosen[one] == chosen[other]:
                assert ends[one] < other
    assert max(chosen.values()) < 8, "the picture gets too wide for a phone"


def test_threads_lead_through_exercises_that_exist_and_never_back():
    known = {(one.week, one.name) for week in WEEKS for one in outline.read(week)}
    for thread in course_map.threads():
        stops = [tuple(stop[:2]) for stop in thread["stops"]]
        assert set(stops) <= known, thread["title"]
        assert len(set(stops)) == len(stops) >= 3
        assert [week for week, _ in stops] == sorted(week for week, _ in stops), thread["title"]
    assert course_map.becomes(1, "sgd")[0] == (2, "train_epoch")


def test_the_map_says_in_a_list_what_the_pictures_show():
    text = course_map.markdown({week: notebooks.read(week) for week in WEEKS})
    for week in WEEKS:
        part = text[text.index(f"## Week {week}") :].partition("</div></div>")[0]
        picture, listed = part[: part.index("</svg>")], part[part.index("</svg>") :]
        assert "aria-label" in picture
        for one in outline.read(week):
            assert f">{one.name}</text>" in picture and f"<code>{one.name}</code>" in listed
            for name in (*one.calls, *one.beside):
                assert listed.count(f"<code>{name}</code>") > 1


@pytest.mark.parametrize("term", glossary.terms(), ids=lambda term: term.fragment)
def test_a_term_is_explained_in_a_text_of_the_course(term):
    place = glossary.place_of(term)
    cells = {cell.id: cell.cell_type for cell in notebooks.read(place.week).cells}
    assert cells[place.cell] == "markdown"
    assert term.means.endswith(".") and len(re.findall(r"[.!?] ", term.means)) == 0


def test_terms_differ_and_are_neither_few_nor_many():
    fragments = [term.fragment for term in glossary.terms()]
    assert len(set(fragments)) == len(fragments) and 60 <= len(fragments) <= 100


def test_a_term_that_no_text_has_is_named():
    with pytest.raises(CourseError, match="No text has `abracadabra`"):
        glossary.place_of(glossary.Term("Magic", "It is none.", find="abracadabra"))


def test_the_tables_for_teachers_are_those_of_the_notebooks_and_checks():
    text = teaching.PAGE.read_text(encoding="utf-8")
    assert teaching.filled(text) == text, "run python -m utils.site.teaching"
    assert {name for _, name, _ in teaching.COUNTED.findall(text)} == {
        "time",
        *(f"week{week}" for week in WEEKS),
    }


@pytest.mark.parametrize("week", WEEKS)
def test_each_week_has_all_that_teachers_ask_for(week):
    text = teaching.PAGE.read_text(encoding="utf-8")
    part = text[text.index(f"## Week {week}: ") :].partition("\n## ")[0]
    for title in ("In a lecture's terms.", "Where it stalls.", "In a shorter course."):
        assert f"**{title}**" in part
    assert part.count("<summary>Answer</summary>") == 3
    prose = teaching.COUNTED.sub("", part)
    known = {one.name for one in outline.read(week)}
    named = set(re.findall(r"`([a-z]\w+_\w+|Scalar|bleu|frechet|expand)`", prose))
    assert named - known <= {"grad_W"} | {one.name for w in WEEKS for one in outline.read(w)}
    assert named & known
