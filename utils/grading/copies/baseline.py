"""What honest people write: the course's own notebook, references, alternatives and mistakes."""

import ast
import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ... import config
from .fingerprints import Fingerprint, fingerprint

CHECKS = config.ROOT / "utils" / "checks"
NEIGHBOUR = re.compile(r"^from (\.{1,2})(\w+) import", re.MULTILINE)
WORD = re.compile(r"\w+")


@dataclass
class Baseline:
    """What is known before anybody hands in.

    given: Fingerprint of what all have, the notebook; versions: dict, exercise → Fingerprint of all
    that the course's check knows of it, right and wrong; course: Fingerprint of all of these;
    words: set of str that the notebook uses; helpers: set of
    runs of tokens, with names, of the module of references; references: dict, exercise → code.
    """

    given: Fingerprint = field(default_factory=Fingerprint)
    versions: dict = field(default_factory=dict)
    course: Fingerprint = field(default_factory=Fingerprint)
    words: set = field(default_factory=set)
    helpers: set = field(default_factory=set)
    references: dict = field(default_factory=dict)

    def add(self, exercise, *codes):
        """Add versions of an exercise that say nothing. codes: str."""
        own = self.versions.setdefault(exercise, Fingerprint())
        for code in codes:
            for each in (own, self.course):
                _grow(each, fingerprint(code))


@cache
def baseline(week):
    """Return the Baseline of a week. It reads the course's files, and imports none."""
    found = Baseline()
    cells = json.loads(config.notebook_path(week).read_text(encoding="utf-8"))["cells"]
    texts = {kind: [] for kind in ("code", "markdown")}
    for cell in cells:
        texts.setdefault(cell["cell_type"], []).append("".join(cell["source"]))
    for text in texts["code"]:
        _grow(found.given, fingerprint(text))
    found.words = set(WORD.findall("\n".join(texts["code"] + texts["markdown"])))
    found.words |= {word.lower() for word in found.words}
    _grow(found.course, found.given)
    solutions = _read(config.solutions_path(week))
    found.helpers = fingerprint(solutions).named
    found.references = _functions(solutions)
    for exercise, code in found.references.items():
        found.add(exercise, code)
    for path in sorted((CHECKS / f"week{week}").glob("[a-z]*.py")):
        found.add(path.stem, *_with_neighbours(path))
    return found


def _grow(known, new):
    known.runs |= new.runs
    known.named |= new.named
    known.names |= new.names
    known.lines.update(new.lines)
    known.comments |= new.comments


def _read(path):
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _functions(text):
    """Return {name: code} of the exercises among a module's functions and classes."""
    body = ast.parse(text).body
    return {
        node.name: ast.get_source_segment(text, node)
        for node in body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    }


def _with_neighbours(path):
    """Return the texts of a check and of the modules beside it that it takes versions from."""
    texts, waiting, seen = [], [path], set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        texts.append(_read(path))
        for dots, name in NEIGHBOUR.findall(texts[-1]):
            place = Path(path.parent, *[".."] * (len(dots) - 1), f"{name}.py")
            if name.startswith("_"):
                waiting.append(place)
    return texts
