"""What the HTML reports share: one page, no script, no address outside.

Each function returns Html and escapes what it is given, unless that is Html already.
"""

import re
from html import escape

from .page_style import STYLE

LONG_WORD = 24  # characters: names of exercises have fewer, so they are never broken
CODE = re.compile(r"`([^`\n]+)`")
TAG = re.compile(r"<[^>]*>")


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def text(value):
    """Return a sentence as Html; what stands between backticks is code. value: str or Html."""
    if isinstance(value, Html):
        return value
    return Html(CODE.sub(r"<code>\1</code>", escape(str(value))))


def plain(value):
    """Return a name as Html, whatever is in it, whichever way it is written. value: str."""
    return Html(f"<bdi>{escape(str(value))}</bdi>")


def code(value):
    """Return a word of Python as Html. value: str."""
    return Html(f"<code>{escape(str(value))}</code>")


def strong(value):
    """Return a sentence that counts most as Html. value: str or Html."""
    return Html(f"<strong>{text(value)}</strong>")


def joined(*parts, between=" "):
    """Return parts in a row, each str or Html, as Html."""
    return Html(between.join(map(text, parts)))


def page(title, *parts):
    """Return a whole page, str. title: str; parts: Html."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light">\n'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n"
        f"<body><main>\n<h1>{escape(title)}</h1>\n" + "\n".join(filter(None, parts)) + "\n"
        "</main></body></html>\n"
    )


def paragraph(words):
    """Return a paragraph, which keeps its lines. words: str or Html."""
    return Html(f'<p class="lines">{text(words)}</p>')


def heading(words, anchor=""):
    """Return a heading. anchor: str, by which a link finds it, one of its own on the page."""
    place = f' id="{escape(anchor)}"' if anchor else ""
    return Html(f"<h2{place}>{text(words)}</h2>")


def smaller_heading(words):
    """Return a heading below `heading`. words: str or Html."""
    return Html(f"<h3>{text(words)}</h3>")


def link(words, href):
    """Return a link. words: str; href: str, relative to the page, or #anchor."""
    return Html(f'<a href="{escape(href)}">{plain(words)}</a>')


def items(entries, kind="ul", name=""):
    """Return a list. entries: list of str or Html; kind: "ul" or "ol"; name: str, its class."""
    style = f' class="{name}"' if name else ""
    lines = "\n".join(f"<li>{text(entry)}</li>" for entry in entries)
    return Html(f"<{kind}{style}>{lines}</{kind}>")


def to_copy(lines):
    """Return lines that are to be copied, or code, as they are. lines: str."""
    return Html(f'<pre class="code">{escape(lines)}</pre>')


def folded(summary, content):
    """Return what is shown when somebody asks for it. content: str, code; or Html."""
    inner = content if isinstance(content, Html) else to_copy(content)
    return Html(f"<details><summary>{text(summary)}</summary>{inner}</details>")


def framed(*parts):
    """Return parts, Html, as one thing that waits for somebody."""
    return Html('<div class="waits">' + "\n".join(filter(None, parts)) + "</div>")


def beside(*parts):
    """Return parts, Html, side by side, one above the other where the window is narrow."""
    columns = "\n".join(f"<div>{part}</div>" for part in parts)
    return Html(f'<div class="beside">{columns}</div>')


def bar(share):
    """Return a bar for the eye alone: the number must stand beside it. share: float, 0 to 1."""
    width = 100 * min(max(share, 0), 1)
    return Html(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{width:.3g}" height="10"/></svg>'
    )


def table(head, rows, label=""):
    """Return a table, or nothing where it has no rows.

    head: list of str; rows: lists of str, which keep their lines, Html, numbers, or None for an
    empty cell; the first of a row names it. label: str, what the table shows, for who can't see it.
    A column with a number in it is aligned to the right, its head too.
    """
    if not rows:
        return Html()
    columns = [[row[place] for row in rows] for place in range(len(head))]
    numeric = [any(isinstance(cell, int | float) for cell in column) for column in columns]
    heads = "".join(
        f'<th scope="col"{_of_numbers(is_number)}>{text(name)}</th>'
        for name, is_number in zip(head, numeric)
    )
    body = "\n".join(f"<tr>{''.join(map(_cell, row, numeric, _firsts(row)))}</tr>" for row in rows)
    about = escape(label or ", ".join(head))
    return Html(
        f'<div class="wide" role="group" aria-label="{about}" tabindex="0"><table>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )


def _firsts(row):
    """Return, for each cell, whether it names its row: the first does, unless it's a number."""
    return [place == 0 and not isinstance(row[0], int | float) for place in range(len(row))]


def _of_numbers(is_number):
    return ' class="number"' if is_number else ""


def _cell(value, is_number, is_first):
    if value is None:
        value = ""
    shown = text(f"{value:.12g}" if isinstance(value, float) else value)
    words = TAG.sub(" ", shown).split()
    style = _of_numbers(is_number)
    if not is_number and any(len(word) > LONG_WORD for word in words):
        style = ' class="long"'
    return f'<th scope="row"{style}>{shown}</th>' if is_first else f"<td{style}>{shown}</td>"
