"""Fingerprints of code: its form without names, its names, lines and comments. Executes nothing.

It reads tokens, not syntax trees, so code with a syntax error has fingerprints as well, and time
grows with the length alone.
"""

import builtins
import keyword
import re
from dataclasses import dataclass, field
from functools import lru_cache

LENGTH = 5  # tokens in a run
LONGEST = 50_000  # characters that are read
KEPT = {*keyword.kwlist, *dir(builtins), "np", "tf", "keras", "layers", "math", "match", "case"}
KEPT -= {"_", "copyright", "credits", "exit", "quit", "license", "__doc__", "__name__"}
TOKEN = re.compile(  # strings that nobody closes end with their line, so no search begins twice
    r"""(?P<comment>\#[^\n]*)
    |(?P<string>[rbfuRBFU]{0,2}(?:\"{3}(?:\\.|[^\\])*?(?:\"{3}|\Z)|'{3}(?:\\.|[^\\])*?(?:'{3}|\Z)
        |"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))
    |(?P<number>\d[\d_.]*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
    |(?P<name>\w+)
    |(?P<next>\\\n)
    |(?P<line>[\n;])
    |(?P<sign>\*\*=?|//=?|<<|>>|[-+*/%@&|^=<>!:]=|->|[^\s])""",
    re.VERBOSE | re.DOTALL,
)
STARTS = {"def", "return", "class", "while", "import", "raise"}  # of a statement, never within one
OPENS, CLOSES = set("([{"), set(")]}")
ODD = re.compile(r"\S {2,}[^\s#]|\t\S|\s,|,\S|[(\[] | [)\]]|;|[^=!<>+\-*/%@&|^:]=  |[^ ]  =[^=]")
WORD = re.compile(r"[^\W\d_]+")


@dataclass
class Fingerprint:
    """What is compared of one text of code.

    runs: set of runs of tokens in which names are hidden; named: the same with the names; names:
    set of str, those that it gives; lines: dict, line of code → number of tokens; odd: set of
    lines with odd spaces; comments: set of str, their words.
    """

    runs: set = field(default_factory=set)
    named: set = field(default_factory=set)
    names: set = field(default_factory=set)
    lines: dict = field(default_factory=dict)
    odd: set = field(default_factory=set)
    comments: set = field(default_factory=set)


@lru_cache(maxsize=8192)
def fingerprint(text):
    """Return the Fingerprint of code. text: str."""
    found = Fingerprint()
    statements = [each for each in _statements(text[:LONGEST], found) if each]
    functions = {
        each[place + 1][1]
        for each in statements
        for place, (kind, word) in enumerate(each[:-1])
        if kind == "name" and word in ("def", "class")
    }
    for statement in statements:
        _add_runs(statement, functions, found)
    _add_lines(text[:LONGEST], found)
    return found


def _statements(text, found):
    """Return lists of (kind, word), one a statement; note comments and docstrings."""
    statements, current, depth = [], [], 0
    for match in TOKEN.finditer(text):
        kind, word = match.lastgroup, match[0]
        if kind == "comment":
            _add_comment(word, found)
        elif kind == "line":
            if not depth:
                statements.append(current)
                current = []
        elif kind != "next":
            if word in STARTS and kind == "name" and depth:
                statements.append(current)  # somebody forgot a bracket
                current, depth = [], 0
            if word in OPENS:
                depth += 1
            elif word in CLOSES:
                depth = max(0, depth - 1)
            current.append((kind, word))
    statements.append(current)
    return [each for each in statements if not _is_text(each, found)]


def _is_text(statement, found):
    """Whether a statement is a docstring, whose lines count as comments."""
    if len(statement) != 1 or statement[0][0] != "string":
        return False
    for line in statement[0][1].splitlines():
        _add_comment(line, found)
    return True


def _add_comment(line, found):
    words = " ".join(WORD.findall(line.lower()))
    if words:
        found.comments.add(words)


def _add_runs(statement, functions, found):
    hidden, named, depth = [], [], 0
    first = statement[0][1]
    before = ""
    for place, (kind, word) in enumerate(statement):
        after = statement[place + 1][1] if place + 1 < len(statement) else ""
        depth += (word in OPENS) - (word in CLOSES)
        if word not in "()," or kind == "string":
            named.append(word if kind != "string" else word.replace("'", '"'))
            form = named[-1]
            if kind == "name" and word not in KEPT:
                form = _form(word, before, after, depth, first, functions)
                if form == "v" and (after in ("=", ",") and not depth or before == "for"):
                    found.names.add(word)
            hidden.append(form)
        before = word
    if first in ("def", "class"):
        found.names.update(functions & {word for _, word in statement[:3]})
        found.names.update(word for kind, word in statement[3:] if kind == "name")
    found.runs.update(_runs(hidden))
    found.named.update(_runs(named))


def _form(word, before, after, depth, first, functions):
    """Return what stands for a name: itself where it belongs to a library, or names an argument."""
    if before == "." or first in ("import", "from"):
        return word
    if word in functions:
        return "f"
    if after == "(" or (depth and after == "=" and before in "(," and first != "def"):
        return word
    return "v"


def _runs(words):
    words = ("^", *words, "$")
    last = max(1, len(words) - LENGTH + 1)
    return (words[place : place + LENGTH] for place in range(last))


def _add_lines(text, found):
    for line in text.splitlines():
        code = line.strip()
        if not code or code.startswith("#"):
            continue
        found.lines[code] = len(re.findall(r"\w+|[^\w\s]", code))
        if ODD.search(code) or line != line.rstrip():
            found.odd.add(code)
