"""The HTML reports as people meet them: on a screen, on a narrow one, on paper, read aloud."""

import random
import re
from pathlib import Path

import pytest

from tests.support import lab, pretend_class
from tests.support.html_rules import Reader, problems
from utils.grading.gradebook.book import Book
from utils.grading.gradebook.book_page import book_page
from utils.grading.gradebook.kept_reports import Report, Row
from utils.grading.reports.feedback import feedback_page
from utils.grading.reports.overview import overview_page
from utils.grading.results import Status

MAX_BYTES = 2_000_000
NARROWEST, NARROW, WIDE = 320, 360, 1200  # pixels
SIZES = (1, 6, 40, 200)
PAPER = 643  # pixels: A4 upright, between margins of 2 cm
WEEKS = range(1, 7)


def pages(count, **more):
    """Return {address: page} of a report on a made-up class: index.html, and each learner's."""
    marks, works, rules = pretend_class.make(count, **more)
    found = {f"feedback/{mark.folder}/feedback.html": feedback_page(mark) for mark in marks}
    return {"index.html": overview_page(marks, works, rules, DOUBTS[: count - 1]), **found}


DOUBTS = [f"overrides.csv, line 7: no learner is called '{pretend_class.HOSTILE}'."]
REPORTS = {}


def report(count):
    """Return the same, made once."""
    if count not in REPORTS:
        REPORTS[count] = pages(count, cap=15.5) if count == 40 else pages(count)
    return REPORTS[count]


def gradebook(count, **more):
    """Return the page of a gradebook of six weeks; each cell says as much as there can be."""
    rng = random.Random(count)
    many = ("build_vgg_like_classifier", "bidirectional_language_model")
    kinds = [
        {"score": 17.25, "late": "13 days", "off": 5.17},
        {"score": 12.25, "held": many},
        {"status": Status.NOT_HANDED_IN},
        {"status": Status.NOT_GRADABLE},
        *9 * [{"score": 20.5}],
    ]
    names = [*pretend_class.NAMES, "W" * 70][:count]
    rows = [
        [Row(name, f"{100_000_000 + place}", f"{place}", **rng.choice(kinds))
         for place, name in enumerate(names)]
        for _ in WEEKS
    ]  # fmt: skip
    reports = [Report(Path(f"week{week}"), week, 20.5, each) for week, each in zip(WEEKS, rows)]
    return book_page(Book(reports, **more), Path("gradebook"))


def test_the_gradebook_is_sound():
    for count in (1, 40):
        page = gradebook(count, weights={3: 2.5}, drop=1)
        links = dict.fromkeys(Reader(page).links, "")
        assert len(links) == len(WEEKS) + 1 and not problems(page, links)
        assert count == 1 or "held" in page and "left out" in page


@pytest.mark.parametrize("count", SIZES)
def test_every_page_is_sound_and_every_link_leads_to_something_of_this_report(count):
    """No script, nothing from elsewhere, each anchor once, headings in order, all closed."""
    found = report(count)
    assert not problems(found["index.html"], found)
    for address, page in found.items():
        assert not problems(page), address


def test_the_page_of_200_learners_is_no_larger_than_two_megabytes():
    page = report(200)["index.html"]
    assert 100_000 < len(page.encode()) <= MAX_BYTES
    assert Reader(page).tags["tr"] > 200


def test_a_name_that_is_code_stays_a_name():
    """So does what such a learner's answers and the instructor's files say."""
    names = [pretend_class.HOSTILE, "`x` & <i>", "=1+1"]
    for page in pages(6, names=names, held=0.2).values():
        assert not re.search(r"<(script|b|i)\b", page) and not problems(page)


# --- as browsers and programs that check pages see them


@pytest.fixture(scope="module")
def window():
    """An empty page of a browser."""
    with lab.chromium() as browser:
        yield browser.new_page()


def shown(window, page, width):
    """Show a page in a window of some width."""
    window.emulate_media(media="screen")
    window.set_viewport_size({"width": width, "height": 900})
    window.set_content(page)


def some_pages(count):
    """Return the overview, the pages of the first learners, whose names are the longest, and a
    gradebook."""
    return [*report(count).values()][:6] + [gradebook(count)]


@pytest.mark.slow
@pytest.mark.parametrize("count", SIZES)
def test_every_page_is_valid_html(count):
    html5lib = pytest.importorskip("html5lib", reason="needs the package html5lib")
    for page in some_pages(count):
        html5lib.HTMLParser(strict=True).parse(page)


@pytest.mark.slow
@pytest.mark.parametrize("count", SIZES)
def test_axe_finds_nothing(window, count):
    """The rules of axe-core on what people who can't see, or can't use a mouse, need."""
    needs = "needs the package axe-playwright-python"
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason=needs).Axe()
    for page in some_pages(count):
        for width in (NARROW, WIDE):
            shown(window, page, width)
            window.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            found = axe.run(window)
            assert not found.response["violations"], found.generate_report()


# What is wider than the window, but for what a box moves sideways; cells whose text leaves them.
STICKS_OUT = """() => [...document.querySelectorAll('body *')].filter(e =>
    !(e.parentElement.closest('.wide') || e.tagName === 'rect')
    && e.getBoundingClientRect().right > window.innerWidth + 1
).map(e => e.outerHTML.slice(0, 200))"""
LEAVES_ITS_CELL = """() => [...document.querySelectorAll('th, td')].filter(cell => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    const inner = range.getBoundingClientRect(), outer = cell.getBoundingClientRect();
    return inner.width && (inner.right > outer.right + 1 || inner.left < outer.left - 1);
}).map(cell => cell.outerHTML.slice(0, 200))"""


@pytest.mark.slow
@pytest.mark.parametrize("count", SIZES)
def test_no_page_is_wider_than_the_window_and_no_name_leaves_its_column(window, count):
    for page in some_pages(count):
        for width in (NARROWEST, NARROW, WIDE):
            shown(window, page, width)
            window.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            wide = "document.scrollingElement.scrollWidth <= window.innerWidth"
            assert window.evaluate(wide), window.evaluate(STICKS_OUT)[:3]
            assert not window.evaluate(STICKS_OUT) and not window.evaluate(LEAVES_ITS_CELL)


@pytest.mark.slow
@pytest.mark.parametrize("count", SIZES)
def test_no_page_is_wider_than_a_sheet_of_paper(window, count):
    """Where it is, browsers make all letters smaller, or cut off what doesn't fit."""
    for page in some_pages(count):
        shown(window, page, PAPER)
        window.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        window.emulate_media(media="print")
        assert window.evaluate("document.scrollingElement.scrollWidth") <= PAPER
        assert not window.evaluate(LEAVES_ITS_CELL)


@pytest.mark.slow
def test_paper_shows_what_was_unfolded_and_no_list_of_contents(window):
    shown(window, report(40)["index.html"], WIDE)
    window.evaluate("document.querySelector('.cases details').open = true")
    window.emulate_media(media="print")
    seen = "e => e.getClientRects().length > 0"
    folded = window.locator("details")
    assert [n for n in range(folded.count()) if folded.nth(n).evaluate(seen)] == [
        n for n in range(folded.count()) if folded.nth(n).evaluate("e => e.open")
    ]
    assert folded.count() > 10 and not window.locator("nav").evaluate(seen)
    assert not window.evaluate(LEAVES_ITS_CELL)
    assert window.pdf(format="A4").startswith(b"%PDF")
