"""What each page of the reports must hold as HTML, whatever is in it: a few rules, read by Python's
own parser. Whether it is valid HTML altogether says html5lib (tests/grading/test_pages.py)."""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

FORBIDDEN = {"script", "img", "link", "iframe", "object", "embed", "form", "base", "style"}
NO_END = {"meta", "br", "rect", "hr"}


class Reader(HTMLParser):
    """Reads a page. problems: list of str; ids: list; links: list of addresses; headings: of
    their levels; text: str, all that is shown; styles: int, how many style sheets."""

    def __init__(self, page):
        super().__init__()
        self.problems, self.ids, self.links, self.headings = [], [], [], []
        self.open, self.words, self.tags = [], [], Counter()
        self.feed(page)
        self.close()
        self.problems += [f"<{tag}> isn't closed" for tag in self.open]
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags[tag] += 1
        if tag in FORBIDDEN and not (tag == "style" and self.tags[tag] == 1):
            self.problems.append(f"there is a <{tag}>")
        names = [name for name in attributes if name.startswith("on") or name in ("src", "style")]
        self.problems += [f"<{tag}> has {name}" for name in names]
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a":
            self.links.append(attributes["href"])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag not in NO_END:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in NO_END:
            return
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes something else")

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "title"):
            self.words.append(data)


def problems(page, others=None):
    """Return what is wrong with a page, list of str.

    page: str; others: dict, address relative to it → page, all that it may link.
    """
    read, found = Reader(page), []
    found += [f"the id {name} is there twice" for name, n in Counter(read.ids).items() if n > 1]
    found += [f"the id '{name}' has a space" for name in read.ids if not name or " " in name]
    if read.headings[:1] != [1] or read.headings.count(1) != 1:
        found.append(f"the headings begin as {read.headings[:3]}")
    steps = zip(read.headings, read.headings[1:])
    found += [f"an h{low} follows an h{high}" for high, low in steps if low > high + 1]
    if "@import" in page or "url(" in page:
        found.append("the style fetches something")
    for address in read.links:
        found += _of_link(address, read.ids, others)
    return read.problems + found


def _of_link(address, ids, others):
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or address.startswith("/"):
        return [f"{address} leads elsewhere"]
    if not parts.path:
        return [] if parts.fragment in ids else [f"{address} leads nowhere"]
    if others is None:
        return []
    other = others.get(unquote(parts.path))
    if other is None:
        return [f"there is no {address}"]
    if parts.fragment and parts.fragment not in Reader(other).ids:
        return [f"{parts.fragment} isn't on {parts.path}"]
    return []
