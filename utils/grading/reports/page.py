"""What the HTML reports share: one page, no script, no address outside."""

from html import escape

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem;
  border-bottom: 1px solid #ccc; }
td.number { text-align: right; white-space: nowrap; }
pre { white-space: pre-wrap; overflow-wrap: break-word; margin: 0; font: inherit; }
td:last-child pre { overflow-wrap: anywhere; }
.code { font: 13px/1.4 ui-monospace, monospace; background: #f5f5f5; padding: .5rem; }
.waits { border-left: 4px solid #d55e00; padding-left: 1rem; margin: 1.5rem 0; }
summary { cursor: pointer; }
svg { max-width: 100%; height: auto; }
"""


def page(title, *parts):
    """Return a whole page. parts: str, HTML."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n"
        f"<body><h1>{escape(title)}</h1>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def paragraph(text):
    return f"<p>{escape(text)}</p>"


def heading(text):
    return f"<h2>{escape(text)}</h2>"


def smaller_heading(text):
    return f"<h3>{escape(text)}</h3>"


def to_copy(text):
    """Return lines that are to be copied as they are."""
    return f'<pre class="code">{escape(text)}</pre>'


def folded(summary, text):
    """Return code that is shown when somebody asks for it. summary, text: str."""
    return f"<details><summary>{escape(summary)}</summary>{to_copy(text)}</details>"


def framed(*parts):
    """Return parts, HTML, as one thing that waits for somebody."""
    return '<div class="waits">' + "\n".join(parts) + "</div>"


def table(head, rows):
    """Return a table. rows: lists of str or numbers; text keeps its lines."""
    if not rows:
        return ""
    lines = ["<table><tr>" + "".join(f"<th>{escape(name)}</th>" for name in head) + "</tr>"]
    for row in rows:
        lines.append("<tr>" + "".join(map(_cell, row)) + "</tr>")
    return "\n".join([*lines, "</table>"])


def _cell(value):
    if isinstance(value, (int, float)):
        return f'<td class="number">{value:g}</td>'
    return f"<td><pre>{escape(str(value))}</pre></td>"


def bars(counts, labels, axis):
    """Return a bar chart as SVG. counts: list of int; labels: of str; axis: str, what they are."""
    width, height, top = 640, 180, max(counts, default=0) or 1
    step = width / max(1, len(counts))
    shapes = []
    for place, (count, label) in enumerate(zip(counts, labels)):
        tall = 130 * count / top
        x = place * step
        shapes.append(
            f'<rect x="{x + 2:.1f}" y="{140 - tall:.1f}" width="{step - 4:.1f}" '
            f'height="{tall:.1f}" fill="#0072b2"/>'
            f'<text x="{x + step / 2:.1f}" y="{135 - tall:.1f}" text-anchor="middle" '
            f'font-size="11">{count or ""}</text>'
            f'<text x="{x + step / 2:.1f}" y="155" text-anchor="middle" font-size="11">'
            f"{escape(label)}</text>"
        )
    axis_text = (
        f'<text x="{width / 2}" y="174" text-anchor="middle" font-size="12">{escape(axis)}</text>'
    )
    words = ", ".join(f"{label}: {count}" for label, count in zip(labels, counts) if count)
    return (
        f'<svg viewBox="0 -12 {width} {height + 12}" role="img" aria-label="{escape(axis)}. '
        f'{escape(words)}">{"".join(shapes)}{axis_text}</svg>'
    )
