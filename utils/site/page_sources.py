"""Which file each page of the site comes from, and how links between files lead to pages.

Nothing here holds text of the course: a page is a file of the repository, or sections of one. Two
are made from the notebooks: the map and the glossary.
"""

import hashlib
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from .. import config, notebooks, pages
from . import course_map, glossary

README = "README.md"
TEACHERS, READERS, MORE = "For those who teach", "Learn", "The project"


@dataclass(frozen=True)
class Page:
    """A page that is made of Markdown.

    name: str, its file; parts: tuple of (file, heading of one of its sections or None for all);
    group: str, its heading in the list of pages; title: str, or None for the first part's heading;
    listed: str, a shorter title for the list of pages, or None; made: None, or the function that
    makes the page of {week: notebook}: its file then holds only what isn't in the notebooks.
    """

    name: str
    parts: tuple
    group: str
    title: str | None = None
    listed: str | None = None
    made: Callable | None = None


HEAD = ""  # the README up to its first section
PAGES = (
    Page(
        "index",
        tuple(
            (README, part)
            for part in (HEAD, "Start", "The weeks", "On Colab", "Teach and grade a class")
        ),
        "",
    ),
    Page("exercises", ((README, "How an exercise works"),), READERS),
    Page("map", (("utils/site/threads.toml", None),), READERS, made=course_map.markdown),
    Page("glossary", (("utils/site/glossary.toml", None),), READERS, made=glossary.markdown),
    Page("help", (("utils/README.md", None),), READERS),
    Page("data", ((README, "Data"), ("data/README.md", None)), READERS),
    Page("teaching", (("TEACHING.md", None),), TEACHERS),
    Page("grading", (("utils/grading/README.md", None),), TEACHERS),
    Page("sandbox", (("utils/grading/sandbox/README.md", None),), TEACHERS, None, "The sandbox"),
    Page(
        "gradescope", (("utils/grading/gradescope/README.md", None),), TEACHERS, None, "Gradescope"
    ),
    Page("results", (("tests/benchmarks/RESULTS.md", None),), MORE),
    Page("contribute", ((".github/CONTRIBUTING.md", None),), MORE),
    Page("changelog", (("CHANGELOG.md", None),), MORE),
)
NOT_SHOWN = {"Contribute", "Licence"}  # sections of the README that only point to a page or a file
FENCE = re.compile(r"^(```|~~~)")
HEADING = re.compile(r"^(#{1,6}) (.+)$")
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
PICTURES = {".png", ".svg", ".jpg", ".gif"}


def hash_of_files(paths):
    """Return a hash of files' names and contents. paths: iterable of pathlib.Path."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def file_of(name):
    """Return the path in the repository of what a page is made of, or None. name: str."""
    for page in PAGES:
        if page.name == name:
            return page.parts[0][0]
    for week in config.available_weeks():
        if name == config.WEEKS[week]:
            return config.notebook_path(week).relative_to(config.ROOT).as_posix()
    return None


def shown_sections():
    """Return the headings of the README's sections that stand on a page, list of str."""
    return [section for page in PAGES for path, section in page.parts if path == README and section]


def sections(text):
    """Return {heading of level 2: its text, with the heading} of a Markdown file, in order.

    What stands before the first one has the heading HEAD.
    """
    found, name, fenced = {HEAD: []}, HEAD, False
    for line in text.splitlines():
        fenced ^= bool(FENCE.match(line))
        if not fenced and line.startswith("## "):
            name = line[3:].strip()
            found[name] = []
        found[name].append(line)
    return {name: "\n".join(lines) + "\n" for name, lines in found.items()}


def raised(text, levels):
    """Return Markdown whose headings stand `levels` higher."""
    lines, fenced = [], False
    for line in text.splitlines():
        fenced ^= bool(FENCE.match(line))
        match = None if fenced else HEADING.match(line)
        if match:
            line = f"{'#' * max(1, len(match[1]) - levels)} {match[2]}"
        lines.append(line)
    return "\n".join(lines) + "\n"


def anchor(heading):
    """Return the fragment by which GitHub and MyST reach a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def _read(path):
    return COMMENT.sub("", (config.ROOT / path).read_text(encoding="utf-8"))


def _places(weeks):
    """Return {(file, fragment or ""): page} of all that a link may lead to."""
    found = {}
    for page in PAGES:
        for number, (path, section) in enumerate(page.parts):
            if section is None:
                found[path, ""] = f"{page.name}.md"
                continue
            found.setdefault((path, ""), f"{page.name}.md")
            for line in sections(_read(path))[section].splitlines():
                match = HEADING.match(line)
                if match:
                    name = anchor(match[2])
                    at_top = number == 0 and page.title is None and match[1] in ("#", "##")
                    found[path, name] = f"{page.name}.md" + ("" if at_top else f"#{name}")
    for week in weeks:
        path = config.notebook_path(week).relative_to(config.ROOT).as_posix()
        found[path, ""] = f"{config.WEEKS[week]}.ipynb"
    return found


def linked(text, path, weeks, pictures):
    """Return the text of a file with links to other pages of the site.

    path: str, the file in the repository; weeks: list of int, those that the site has; pictures:
    set, to which those it shows are added. What isn't on the site is linked on GitHub, or not at
    all where the repository has no name.
    """
    places = _places(weeks)

    def target(address, is_picture):
        parts = urlsplit(address)
        if address == pages.BADGE_ELSEWHERE:
            return "_static/colab.svg"
        if parts.scheme:
            colab = notebooks.BADGE_LINK.match(address)
            if colab and not notebooks.has_slug():
                is_here = colab[1] in {config.WEEKS[week] for week in weeks}
                return f"{colab[1]}.ipynb" if is_here else None
            return address
        folder = posixpath.dirname(path)
        file = posixpath.normpath(posixpath.join(folder, parts.path)) if parts.path else path
        if is_picture and PurePosixPath(file).suffix in PICTURES:
            pictures.add(file)
            return f"pictures/{PurePosixPath(file).name}"
        if (file, parts.fragment) in places:
            return places[file, parts.fragment]
        if (file, "") in places:
            page = places[file, ""]
            return f"{page}#{parts.fragment}" if parts.fragment else page
        if not notebooks.has_slug():
            return None
        repository, revision = notebooks.slug()
        kind = "tree" if (config.ROOT / file).is_dir() else "blob"
        return f"https://github.com/{repository}/{kind}/{revision}/{file}"

    def replace(match):
        mark, words, address = match.groups()
        words = LINK.sub(replace, words)
        new = target(address, bool(mark))
        if new is None:
            return words
        if not notebooks.has_slug() and notebooks.BADGE_LINK.match(
            address
        ):  # no Colab without a repository's name
            return f"[Read]({new})"
        return f"{mark}[{words}]({new})"

    parts, last = [], 0
    for code in CODE.finditer(text):
        if code[0].startswith("```"):
            parts += [LINK.sub(replace, text[last : code.start()]), code[0]]
            last = code.end()
    return "".join([*parts, LINK.sub(replace, text[last:])])


def markdown(page, weeks, pictures):
    """Return a page as Markdown. page: Page; weeks, pictures: as for linked."""
    found = [f"# {page.title}\n"] if page.title else []
    for number, (path, section) in enumerate(page.parts):
        text = _read(path) if section is None else sections(_read(path))[section]
        if number == 0 and page.title is None and section:
            text = raised(text, 1)
        if number and section is None:  # the page has its title already
            text = re.sub(r"\A# .*\n", "", text)
        found.append(linked(text, path, weeks, pictures))
    text = "\n".join(found)
    if page.name == "index":
        for week in weeks:
            text = text.replace(f"\n| {week} |", f"\n| [{week}]({config.WEEKS[week]}.ipynb) |")
    return text


def toctree(weeks):
    """Return the lists of pages, which the site shows on each of them. weeks: list of int."""
    groups = {"Weeks": [config.WEEKS[week] for week in weeks]}
    for page in PAGES:
        if page.group:
            entry = f"{page.listed} <{page.name}>" if page.listed else page.name
            groups.setdefault(page.group, []).append(entry)
    lists = [
        "\n".join(["```{toctree}", ":hidden:", f":caption: {group}", "", *names, "```", ""])
        for group, names in groups.items()
    ]
    return "\n" + "\n".join(lists)
