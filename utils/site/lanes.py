"""Draws a week's exercises as SVG: one below the other, with lines from each to those it serves."""

from html import escape
from textwrap import wrap

ROW, GAP, HEAD = 38, 8, 30  # heights, pixels: of an exercise, between two, of a section's title
LANE, LEFT, ARROW = 11, 6, 7  # widths: of a lane, left of the first one, of an arrow
BOX, RADIUS, COLOURS = 232, 5, 4
LETTER = 7.6  # width of a letter of a section's title


def lanes(edges):
    """Return {start: number of its lane}, so that no two lines lie on each other.

    edges: {end: iterable of starts}, both as places, ints. Lane 0 is the one next to the boxes.
    """
    last = {}
    for end, starts in edges.items():
        for start in starts:
            last[start] = max(last.get(start, 0), end)
    taken, found = [], {}
    for start in sorted(last, key=lambda one: (last[one] - one, one)):
        free = (
            number
            for number, spans in enumerate(taken)
            if all(last[start] < low or high < start for low, high in spans)
        )
        number = next(free, len(taken))
        if number == len(taken):
            taken.append([])
        taken[number].append((start, last[start]))
        found[start] = number
    return found


def _wrapped(text):
    """Return the lines of a section's title, which are as long as a box is wide."""
    return wrap(text, int(BOX / LETTER), break_long_words=False, break_on_hyphens=False)


def _rows(exercises):
    """Return ([(y, lines of a section's title)], [y of each exercise], the height of all)."""
    titles, places, y, section = [], [], 0, None
    for one in exercises:
        if one.section != section:
            section = one.section
            lines = _wrapped(section)
            titles.append((y, lines))
            y += HEAD + 14 * (len(lines) - 1)
        places.append(y)
        y += ROW + GAP
    return titles, places, y


def _box(one, x, y, address, note):
    """Return an exercise's box: its name, what it becomes, and a link where there is one."""
    lines = [f'<rect x="{x}" y="{y}" width="{BOX}" height="{ROW}" rx="5"/>']
    middle = 16 if note else 23
    lines.append(f'<text x="{x + 9}" y="{y + middle}">{escape(one.name)}</text>')
    if note:
        lines.append(f'<text class="note" x="{x + 9}" y="{y + 31}">{escape(note)}</text>')
    inside = "".join(lines)
    if address:
        return f'<a href="{escape(address)}">{inside}</a>'
    return f"<g>{inside}</g>"


def _lines(edges, found, places, x):
    """Return the lines: down a lane from each exercise, with a branch to each that it serves."""
    parts = []
    for start in sorted(found):
        lane = x - LANE * (found[start] + 1)
        colour = f"line{found[start] % COLOURS}"
        top = places[start] + ROW - 6
        for end, starts in edges.items():
            if start in starts:
                y = places[end] + 8 + _port(end, start, edges)
                way = (
                    f"M{x} {top}H{lane + RADIUS}q{-RADIUS} 0 {-RADIUS} {RADIUS}"
                    f"V{y - RADIUS}q0 {RADIUS} {RADIUS} {RADIUS}H{x - 2}"
                )
                kind = "" if starts[start] else " together"
                parts.append(f'<path class="{colour}{kind}" d="{way}"/>')
                parts.append(f'<path class="{colour} head" d="M{x} {y}l{-ARROW} -4v8z"/>')
    return "".join(parts)


def _port(end, start, edges):
    """Return how far below the first one a line arrives: those that arrive share the upper side."""
    starts = sorted(edges[end], reverse=True)
    return starts.index(start) * min(8, 20 / max(1, len(starts) - 1))


def picture(exercises, address, becomes, label):
    """Return the picture of a week as SVG, one line of text.

    exercises: list of outline.Exercise, in order; address(exercise) → str or None, where its box
    leads; becomes(exercise) → str, what it becomes later, in a few words or empty; label: str, what
    the picture shows. A solid line means that the reference calls; a dashed one, that cells use
    both together.
    """
    number = {one.name: place for place, one in enumerate(exercises)}
    edges = {
        number[one.name]: {number[other]: True for other in one.calls}
        | {number[other]: False for other in one.beside}
        for one in exercises
    }
    edges = {end: starts for end, starts in edges.items() if starts}
    found = lanes(edges)
    x = LEFT + LANE * (max(found.values(), default=-1) + 1) + 6
    width = x + BOX + 2
    titles, places, height = _rows(exercises)
    parts = [
        f'<text class="section" x="{x}" y="{y + 19 + 14 * number}">{escape(line)}</text>'
        for y, lines in titles
        for number, line in enumerate(lines)
    ]
    parts.append(_lines(edges, found, places, x))
    parts += [_box(one, x, y, address(one), becomes(one)) for one, y in zip(exercises, places)]
    return (
        f'<svg class="map" role="group" aria-label="{escape(label)}" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}">{"".join(parts)}</svg>'
    )
