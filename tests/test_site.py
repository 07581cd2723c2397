"""The course as pages, which `make run` and `make site` write: for everyone, without a network."""

import copy
import re
import subprocess
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from nbformat.v4 import new_output

from tests.support import lab
from utils import config, notebooks, pages, run
from utils.errors import CourseError
from utils.site import build, glossary, page_sources

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
# A picture of one pixel, and a summary as Keras writes it
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5Erk"
    "Jggg=="
)
SUMMARY = """<pre style="white-space:pre;overflow-x:auto;line-height:normal">
<span style="font-weight: bold">Model: "sequential"</span>
(<span style="color: #00d7ff; text-decoration-color: #00d7ff">None</span>, <span style="color: \
#00af00; text-decoration-color: #00af00">10</span>)
</pre>"""
PALE = "\x1b[38;5;226myellow\x1b[0m text"
LOADS = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}
CELLS = 36  # with the first pictures, exercises, hints, formulas
HAS_SPHINX = "needs the site's packages: pip install -r requirements-site.txt"
HAS_AXE = "needs the package axe-playwright-python"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Reader(HTMLParser):
    """Reads a page. images: list of alt texts; loads, links, ids: list of str; math: formulas."""

    def __init__(self, text):
        super().__init__()
        self.images, self.loads, self.links, self.ids, self.math = [], [], [], [], 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids.append(attributes.get("id"))
        self.math += tag == "math"
        if tag == "img":
            self.images.append(attributes.get("alt"))
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        if attributes.get(LOADS.get(tag)):
            self.loads.append(attributes[LOADS[tag]])


@cache
def week1():
    """Return the head of the notebook, read once: axe takes a minute for all of it."""
    notebook = notebooks.read(1)
    notebook.cells = notebook.cells[:CELLS]
    return notebook


def made_up():
    """Return week 1 as if it had run: a picture where one is told in words, and two summaries."""
    notebook = copy.deepcopy(week1())
    for cell, words in pages.words_of_pictures(notebook):
        cell.execution_count = 1
        if words != pages.NO_WORDS:
            data = {"image/png": PIXEL, "text/plain": "<Figure size 640x480>"}
            cell.outputs = [new_output("display_data", data=data)]
        elif cell.id.startswith("check-"):
            cell.outputs = [
                new_output("stream", name="stdout", text="printed "),
                new_output("stream", name="stdout", text="first\n"),
                new_output("display_data", data={"text/html": SUMMARY, "text/plain": "model"}),
                new_output("stream", name="stdout", text=PALE + " and more" * 30),
            ]
    return notebook


@pytest.fixture(scope="module")
def run_page(tmp_path_factory):
    """The path of a page as `make run` writes it."""
    path = tmp_path_factory.mktemp("run") / "week1.html"
    run.render(made_up(), path)
    return path


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of a site of week 1."""
    for name in ("sphinx", "myst_nb", "sphinx_book_theme"):
        pytest.importorskip(name, reason=HAS_SPHINX)
    folder, work = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("work")
    assert build.build(folder, {1: made_up()}, work, strict=True) == 0
    return folder


def told():
    return {words for _, words in pages.words_of_pictures(week1())} - {pages.NO_WORDS}


def assert_open(text):
    """Check what a week's page must hold, whoever made it."""
    read = Reader(text)
    assert set(read.images) >= told() and told()
    assert all(read.images), "a picture says nothing"
    assert not [alt for alt in read.images if "No description" in alt or ".png" in alt]
    found = re.search(r"printed first(.*?) and more", text, re.DOTALL)
    assert found and "<pre" in found[1], "what is printed later stands below what came between"
    assert read.math > 5 and "$" not in re.sub(r"<(script|pre).*?</\1>", "", text, flags=re.DOTALL)
    assert "00d7ff" not in text and "\x1b" not in text and "38;5;226" not in text
    assert "yellow text" in re.sub(r"<[^>]+>", "", text)
    return read


def test_a_page_of_make_run_is_whole_and_told_in_words(run_page):
    text = run_page.read_text(encoding="utf-8")
    read = assert_open(text)
    assert all(address.startswith("data:") for address in read.loads)
    assert "<title>Week 1: " in text
    assert 'tabindex="0"' not in text, "not every cell stops the Tab key"


def test_a_badge_leads_to_colab_once_the_repository_has_a_name(monkeypatch):
    assert "colab" not in pages.page(made_up(), "week1")
    monkeypatch.setattr(notebooks, "has_slug", lambda: True)
    read = Reader(pages.page(made_up(), "week1"))
    assert notebooks.badge_link(1) in read.links
    assert "Open in Colab" in read.images
    assert all(address.startswith("data:") for address in read.loads)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("the *loss* falls, **fast**: `x_1` and $w_1$", "the loss falls, fast: x_1 and w_1"),
        ("as in [Kim et al.](https://a.b/c)\nsays <b>x</b>", "as in Kim et al. says x"),
        ("2 * 3 * 4 and a_b_c", "2 * 3 * 4 and a_b_c"),
    ],
)
def test_what_is_said_of_a_picture_is_plain_text(text, expected):
    assert pages.plain(text) == expected


def test_a_question_below_a_picture_is_no_part_of_its_words():
    cell = nbformat.v4.new_markdown_cell(
        "**In words:** the loss falls.\n\n**Question.** Why?\n<details>It must.</details>"
    )
    assert pages.in_words(cell) == "The loss falls."


def test_colab_opens_the_weeks_that_need_one_with_a_gpu():
    for week in config.available_weeks():
        notebook = notebooks.strip(notebooks.read(week))
        assert notebook.metadata.get("accelerator") == ("GPU" if week in (3, 4, 6) else None)
        assert {**notebook.metadata, **notebooks.METADATA} == notebook.metadata
    assert notebooks.week_of(nbformat.v4.new_notebook()) is None


@pytest.mark.parametrize(
    "address, expected",
    [
        ("https://github.com/anna/course.git\n", "anna/course"),
        ("https://github.com/anna/my.course\n", "anna/my.course"),
        ("git@github.com:anna/course.git\n", "anna/course"),
        ("/srv/git/course.git\n", None),
        ("", None),
    ],
)
def test_a_fork_takes_its_name_from_git(address, expected, monkeypatch):
    done = subprocess.CompletedProcess([], 0, address, "")
    monkeypatch.setattr(subprocess, "run", lambda *command, **options: done)
    if expected:
        assert notebooks.remote_slug() == expected
    else:
        with pytest.raises(CourseError, match="make slug REPO=owner/name"):
            notebooks.remote_slug()


def test_each_section_of_the_readme_stands_on_one_page():
    text = (config.ROOT / page_sources.README).read_text(encoding="utf-8")
    headings = set(page_sources.sections(text)) - {page_sources.HEAD}
    shown = page_sources.shown_sections()
    assert len(set(shown)) == len(shown)
    assert headings == set(shown) | page_sources.NOT_SHOWN, (
        "utils/site/page_sources.py says where each belongs"
    )


def test_links_between_files_become_links_between_pages(monkeypatch):
    pictures = set()

    def become(text, path="README.md"):
        return page_sources.linked(text, path, [1], pictures)

    assert become("[a](tests/benchmarks/RESULTS.md)") == "[a](results.md)"
    assert become("[a](utils/site/threads.toml)") == "[a](map.md)"
    assert become("[a](#how-an-exercise-works)") == "[a](exercises.md)"
    assert become("[a](../README.md)", "data/README.md") == "[a](index.md)"
    assert become("![a](.github/weeks.png)") == "![a](pictures/weeks.png)"
    assert pictures == {".github/weeks.png"}
    assert become("[a](https://x.y/z)") == "[a](https://x.y/z)"
    assert become("[a](LICENSE)") == "a", "there is nowhere to lead to"
    badge = f"[![Open in Colab]({pages.BADGE_ELSEWHERE})]({notebooks.badge_link(1)})"
    assert become(badge) == f"[Read]({config.WEEKS[1]}.ipynb)"
    assert become("```\n[a](LICENSE)\n```\n") == "```\n[a](LICENSE)\n```\n"
    monkeypatch.setattr(notebooks, "slug", lambda: ("anna/course", "v1"))
    assert become("[a](LICENSE)") == "[a](https://github.com/anna/course/blob/v1/LICENSE)"
    assert become(badge).startswith("[![Open in Colab](_static/colab.svg)](https://colab.")


def test_a_notebook_is_run_again_only_if_something_has_changed(tmp_path, monkeypatch):
    ran = []
    monkeypatch.setattr(run, "execute", lambda week, env: (ran.append(env), (made_up(), None))[1])
    key = build.key_of(1)
    assert build.executed(1, tmp_path) == build.executed(1, tmp_path)
    assert len(ran) == 1 and ran[0]["COURSE_SOLUTIONS"] == "1"
    monkeypatch.setattr(build, "key_of", lambda week: f"{key}, changed")
    build.executed(1, tmp_path)
    assert len(ran) == 2


def test_the_site_needs_no_network_and_no_link_in_it_is_broken(site):
    read = {path: Reader(path.read_text(encoding="utf-8")) for path in site.glob("*.html")}
    assert len(read) >= len(page_sources.PAGES) + 1
    assert_open((site / f"{config.WEEKS[1]}.html").read_text(encoding="utf-8"))
    for path, page in read.items():
        assert not [address for address in page.loads if "//" in address], path.name
        assert all(page.images), path.name
        for address in page.links:
            parts = urlsplit(address)
            if parts.scheme:
                assert "YOUR_GITHUB_NAME" not in address, path.name
                continue
            target = path.parent / unquote(parts.path) if parts.path else path
            assert target.is_file(), f"{path.name} links {address}"
            if parts.fragment and target in read:
                assert unquote(parts.fragment) in read[target].ids, f"{path.name} links {address}"
    downloaded = site / "notebooks" / f"{config.WEEKS[1]}.ipynb"
    assert downloaded.read_bytes() == config.notebook_path(1).read_bytes()


@pytest.mark.slow
def test_no_link_is_broken_in_a_site_of_all_weeks(tmp_path):
    """As they are in git: to be executed adds outputs, and no place that a link leads to."""
    for name in ("sphinx", "myst_nb", "sphinx_book_theme"):
        pytest.importorskip(name, reason=HAS_SPHINX)
    found = {week: notebooks.read(week) for week in config.available_weeks()}
    assert build.build(tmp_path / "site", found, tmp_path / "work", strict=True) == 0
    read = {path: Reader(path.read_text("utf-8")) for path in (tmp_path / "site").glob("*.html")}
    for name, least in (("map", 200), ("glossary", len(glossary.terms()))):
        links = [urlsplit(address) for address in read[tmp_path / "site" / f"{name}.html"].links]
        inside = [link for link in links if link.path.startswith("week") and link.fragment]
        assert len(inside) >= least
        for link in inside:
            assert unquote(link.fragment) in read[tmp_path / "site" / link.path].ids, link


@pytest.fixture(scope="module")
def browser():
    with lab.chromium() as started:
        yield started


def opened(browser, path, scheme, size):
    """Return (a page of the browser with all that is folded open, list of what it asked for)."""
    page, asked = browser.new_page(color_scheme=scheme, viewport=size), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_load_state("load")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.wait_for_timeout(150)
    return page, asked


def assert_for_everyone(browser, path):
    """axe finds nothing, nothing is asked of the network, and nothing scrolls the page sideways."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason=HAS_AXE).Axe()
    for scheme, size in (("light", WIDE), ("dark", PHONE)):
        page, asked = opened(browser, path, scheme, size)
        assert not [url for url in asked if not url.startswith(("file:", "data:"))]
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], f"{path.name} is {width} pixels wide"
        found = axe.run(page, options={"runOnly": WCAG}).response["violations"]
        assert not [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found], (
            f"{path.name}, {scheme}, {size['width']} pixels"
        )
        page.close()


@pytest.mark.slow
def test_pages_of_make_run_are_open_to_everyone(browser, run_page):
    assert_for_everyone(browser, run_page)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        *("index", config.WEEKS[1], "exercises", "search", "map", "glossary"),
        *("teaching", "grading", "help"),
    ],
)
def test_pages_of_the_site_are_open_to_everyone(browser, site, name):
    assert_for_everyone(browser, site / f"{name}.html")


FOCUSED = "() => document.activeElement?.dataset.stop ?? ''"
MARK = """() => {
    const stops = [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
        .filter(one => one.checkVisibility({visibilityProperty: true}) && one.tabIndex >= 0
                && !one.disabled && one.getClientRects().length);
    stops.forEach((one, i) => one.dataset.stop = i);
    return stops.map(one => one.outerHTML.slice(0, 100));
}"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["exercises", "map"])
def test_the_tab_key_reaches_everything(browser, site, name):
    page, _ = opened(browser, site / f"{name}.html", "light", WIDE)
    stops, reached = page.evaluate(MARK), set()
    for _ in range(len(stops) + 10):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(FOCUSED))
    missed = [stop for number, stop in enumerate(stops) if str(number) not in reached]
    assert len(stops) > 15 and not missed
    page.close()


@pytest.mark.slow
def test_the_search_finds_pages_without_a_server(browser, site):
    page, asked = opened(browser, site / "search.html", "light", WIDE)
    page.goto(f"{Path(site / 'search.html').as_uri()}?q=gradescope")
    page.wait_for_selector("ul.search li a", timeout=10_000)
    found = page.eval_on_selector_all("ul.search li a", "all => all.map(one => one.href)")
    assert any("gradescope.html" in address for address in found)
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]
    page.close()
