"""Turns a cell as IPython accepts it into plain Python: prompts, indentation and magics go.

IPython's own transformer reads a cell anew for each magic in it; this goes through it once.
"""

import re
import warnings
from ast import parse

from IPython.core import inputtransformer2 as ipython

CLEANING = (
    ipython.leading_empty_lines,
    ipython.leading_indent,
    ipython.classic_prompt,
    ipython.ipython_prompt,
)
RUNS_ITS_CELL = re.compile(r"%%(time|timeit|capture|prun)\b.*\n?")
RUNS_ITS_LINE = re.compile(r"([ \t]*|[\w., \t\[\]]+=[ \t]*)%time[ \t]+(?=\S)")
WRITES_ITS_CELL = re.compile(r"%%(?:writefile|file)[ \t]+(-a[ \t]+)?(\S+)[ \t]*\n")
TO_LINE_END = r"(?:\\\n|[^\n])*"
ESCAPED = re.compile(rf"([ \t]*)[%!?,;/]{TO_LINE_END}")  # `%matplotlib inline`, `!ls`, `?print`
HELP = re.compile(r"[^\n#'\"]*\?[ \t]*(?=\n|\Z)")  # `print?`
ASSIGNED = re.compile(rf"([\w., \t\[\]]+=[ \t]*)[%!]{TO_LINE_END}")  # `files = !ls`
TOKEN = re.compile(r"#[^\n]*|\"\"\"|'''|[\"'()\[\]{}\n]|\\(?:.|\n)")
REST_OF_STRING = {
    '"""': re.compile(r'(?:\\.|[^\\])*?"""', re.DOTALL),
    "'''": re.compile(r"(?:\\.|[^\\])*?'''", re.DOTALL),
    '"': re.compile(r'(?:\\(?:.|\n)|[^\\\n"])*"?'),
    "'": re.compile(r"(?:\\(?:.|\n)|[^\\\n'])*'?"),
}


def read(text):
    """Return the syntax tree of plain Python, without its warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return parse(text)


def plain_python(source):
    """Return a cell's source without IPython's own syntax; '' where another program runs it."""
    source = re.sub(r"\r\n?", "\n", source)
    try:
        read(source)
        return source
    except SyntaxError:
        pass
    lines = source.splitlines(keepends=True)
    for clean in CLEANING:
        lines = clean(lines)
    source = "".join(lines)
    head, file = RUNS_ITS_CELL.match(source), WRITES_ITS_CELL.match(source)
    if file:
        mode, name = "a" if file[1] else "w", file[2].strip("'\"")
        return f"open({name!r}, {mode!r}).write({source[file.end() :]!r})"
    if head:
        source = source[head.end() :]
    elif source.startswith("%%"):
        return ""
    return _without_magics(source)


def _without_magics(source):
    parts, place = [], 0
    while place < len(source):
        timed = RUNS_ITS_LINE.match(source, place)
        if timed:
            parts.append(timed[1])
            place = timed.end()
        end, text = _statement(source, place)
        parts.append(text)
        place = end
    return "".join(parts)


def _statement(source, place):
    """Return (end, text) of the statement that begins here, plain."""
    magic = ESCAPED.match(source, place)
    if magic:
        is_pylab = magic[0].split()[0] == "%pylab"
        return magic.end(), magic[1] + ("from pylab import *" if is_pylab else "pass")
    magic = HELP.match(source, place)
    if magic:
        indent = len(magic[0]) - len(magic[0].lstrip(" \t"))
        return magic.end(), magic[0][:indent] + "pass"
    magic = ASSIGNED.match(source, place)
    if magic:
        return magic.end(), f"{magic[1]}None"
    end = _end_of_statement(source, place)
    return end, source[place:end]


def _end_of_statement(source, place):
    """Return where the next line that isn't inside brackets or a string begins."""
    depth = 0
    while token := TOKEN.search(source, place):
        place, text = token.end(), token[0]
        if text in REST_OF_STRING:
            rest = REST_OF_STRING[text].match(source, place)
            place = rest.end() if rest else len(source)
        elif text in ("(", "[", "{"):
            depth += 1
        elif text in (")", "]", "}"):
            depth = max(0, depth - 1)
        elif text == "\n" and not depth:
            return place
    return len(source)
