"""An executed notebook as a page that is open to everyone and needs no network.

Pictures say in words what they show, formulas are MathML, and outputs carry no colours of their
own, which could be too pale on one background or the other.
"""

import base64
import html
import itertools
import re
from pathlib import Path

import nbformat
from latex2mathml.converter import convert
from nbconvert import HTMLExporter

from . import notebooks

WORDS = "**In words:**"
NO_WORDS = "A picture that the code above draws; the text around it says what it is about."
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+?)\$", re.DOTALL)
FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
PICTURES = {"image/png": "png", "image/jpeg": "jpeg"}
COLOUR = re.compile(r'(?<=<span) style="[^"]*color:[^"]*"')
COLOURED_TEXT = re.compile(r"\x1b\[[0-9;]*m")
ANY_TAG = re.compile(r"<[^>]+>")
STYLE = Path(__file__).with_suffix(".css")
TAB_STOP = ' tabindex="0"'  # which nbconvert gives to all code and all outputs
BADGE_ELSEWHERE = "https://colab.research.google.com/assets/colab-badge.svg"
LINKED_BADGE = re.compile(r"\[!\[[^\]]*\]\([^)]*colab-badge\.svg\)\]\([^)]*\)\n*")
BADGE = Path(__file__).with_name("colab.svg")
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
# No scripts from elsewhere, but styles of ours and one script: a box that scrolls sideways is
# reached by the Tab key, as long as it does
TEMPLATE = """{% extends 'lab/index.html.j2' %}
{% set DARK = "<style media='screen and (prefers-color-scheme: dark)'" %}
{% block html_head_js %}{% endblock %}
{% block html_head_js_mathjax %}{% endblock %}
{% block html_head_js_mermaidjs %}{% endblock %}
{% block html_head_css %}
{{ resources.include_css("static/theme-dark.css") | replace("<style", DARK) }}
<style>{{ resources.our_style }}</style>
{% endblock %}
{% block body_footer %}
</main>
<script>
const boxes = document.querySelectorAll("pre, .formula, .jp-RenderedHTMLCommon");
const reach = () => boxes.forEach(box => {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
});
reach();
addEventListener("resize", reach);
addEventListener("toggle", reach, true);
</script>
</body>
{% endblock %}
"""


def as_mathml(formula, block):
    """Return a formula as MathML, which browsers render themselves.

    block: bool, whether it has a line of its own; if it is wider than the page, it then scrolls.
    """
    mathml = convert(formula, display="block" if block else "inline")
    return f'<span class="formula">{mathml}</span>' if block else mathml


def _replaced(match):
    block, inline = match.groups()
    return as_mathml(block or inline, bool(block))


def with_mathml(text):
    """Return Markdown whose formulas are MathML."""
    return FORMULA.sub(_replaced, text)


def with_mathml_in_html(text):
    """Return Markdown whose formulas are MathML where they stand in a block of HTML."""
    return FOLDED.sub(lambda match: with_mathml(match[0]), text)


def plain(text):
    """Return a text without the marks of Markdown, as one line."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = ANY_TAG.sub("", text.replace("$", ""))
    text = re.sub(r"(\*\*|__|`)", "", text)
    text = re.sub(r"(?<!\w)[*_](\S(?:.*?\S)?)[*_](?!\w)", r"\1", text)
    return " ".join(text.split())


def in_words(cell):
    """Return what a text cell says of the picture before it, or None."""
    if cell is None or cell.cell_type != "markdown" or not cell.source.startswith(WORDS):
        return None
    told = plain(cell.source[len(WORDS) :].split("\n\n")[0])
    return told[:1].upper() + told[1:]


def words_of_pictures(notebook):
    """Yield (code cell, what its pictures show in words) of a notebook."""
    cells = notebook.cells
    for cell, after in zip(cells, [*cells[1:], None]):
        if cell.cell_type == "code":
            yield cell, in_words(after) or NO_WORDS


def as_read(notebook):
    """Take the colours out of a notebook's outputs, and join what was printed in one go; return it.

    What was printed after a picture stays after it: myst-nb and nbclient would move it before.
    """
    for cell in notebook.cells:
        outputs = cell.get("outputs", [])
        outputs[:] = _joined(outputs)
        for output in outputs:
            if output.output_type == "stream":
                output.text = COLOURED_TEXT.sub("", output.text)
            elif output.output_type == "error":
                output.traceback = [COLOURED_TEXT.sub("", line) for line in output.traceback]
            elif "text/html" in output.data:
                output.data["text/html"] = COLOUR.sub("", output.data["text/html"])
    return notebook


def _joined(outputs):
    for stream, group in itertools.groupby(outputs, lambda output: output.get("name")):
        first, *others = group
        if stream:
            first.text += "".join(output.text for output in others)
            others = []
        yield from [first, *others]


def _with_alt(output, words):
    """Turn a picture among a cell's outputs into HTML that says what it shows."""
    for kind in PICTURES:
        if kind in output.get("data", {}) and "text/html" not in output.data:
            data = "".join(output.data[kind].split())
            tag = f'<img src="data:{kind};base64,{data}" alt="{html.escape(words)}">'
            output.data = nbformat.from_dict({"text/html": tag})


def badge():
    """Return the address of the picture "Open in Colab": the picture itself."""
    return f"data:image/svg+xml;base64,{base64.b64encode(BADGE.read_bytes()).decode('ascii')}"


def without_badge(text):
    """Return a text of a notebook without the badge that opens it on Colab."""
    return LINKED_BADGE.sub("", text)


def _point_to_colab(notebook):
    """Take the badge's picture from here; leave it out where nobody named the repository yet."""
    title = notebook.cells[0]
    if notebooks.has_slug():
        title.source = title.source.replace(BADGE_ELSEWHERE, badge())
    else:
        title.source = without_badge(title.source)


def page(notebook, name):
    """Return an executed notebook as the text of one HTML file.

    name: str, its title where the notebook has no heading. Changes the notebook.
    """
    for cell, words in words_of_pictures(as_read(notebook)):
        for output in cell.outputs:
            _with_alt(output, words)
    _point_to_colab(notebook)
    found = [TITLE.search(cell.source) for cell in notebook.cells if cell.cell_type == "markdown"]
    title = next((plain(match[1]) for match in found if match), name)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = with_mathml(cell.source)
    exporter = HTMLExporter(raw_template=TEMPLATE, exclude_anchor_links=True)
    resources = {"metadata": {"name": title}, "our_style": STYLE.read_text(encoding="utf-8")}
    text, _ = exporter.from_notebook_node(notebook, resources=resources)
    return text.replace(TAB_STOP, "")
