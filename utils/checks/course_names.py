"""Which names a week's notebook needs from outside its cells, read from the notebook on disk.

What learners add to it doesn't count: their cells have ids of random digits, where those of the
course are words, and an exercise's cell holds their code.
"""

import builtins
import json
import re
import symtable
from dataclasses import dataclass

from .. import config

ALWAYS = {"exercise", "check", "course"}  # exercises and checks don't run without them
OF_THE_COURSE = re.compile(r"[a-z]+\d?(-[a-z]+\d?)*")  # a cell's id
OF_THE_LEARNER = "exercise-"  # how the ids of such cells start


@dataclass(frozen=True)
class Needs:
    """Names that a notebook's own cells read: from its import cell, and Python's own.

    imported, builtin: frozensets of str. cells: frozenset of str, the sources of those cells,
    without checks, which run the learner's code.
    """

    imported: frozenset
    builtin: frozenset
    cells: frozenset


def needs_of(week):
    """Return a week's Needs; only those of any week if its notebook can't be read. week: int."""
    try:
        notebook = json.loads(config.notebook_path(week).read_text(encoding="utf-8"))
        cells = {cell["id"]: "".join(cell["source"]) for cell in _own_cells(notebook["cells"])}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # it may be damaged
        cells = {}
    tables = {name: _table(source) for name, source in cells.items()}
    read = ALWAYS.union(*(_names_read(table) for table in tables.values()))
    bound = {name: _names_bound(table) for name, table in tables.items()}
    imported = ALWAYS | (read & bound.get("imports", set()))
    builtin = read.intersection(dir(builtins)).difference(*bound.values())
    sources = {source for name, source in cells.items() if not name.startswith("check-")}
    return Needs(frozenset(imported), frozenset(builtin), frozenset(sources))


def _own_cells(cells):
    """Yield the code cells that hold the course's code."""
    for cell in cells:
        name = cell.get("id", "")
        is_code = cell["cell_type"] == "code" and name != "setup"
        if is_code and OF_THE_COURSE.fullmatch(name) and not name.startswith(OF_THE_LEARNER):
            yield cell


def _table(source):
    """Return a cell's symbol table; an empty one if it isn't Python, for example a magic."""
    try:
        return symtable.symtable(source, "a cell", "exec")
    except (SyntaxError, ValueError):
        return symtable.symtable("", "a cell", "exec")


def _names_bound(table):
    return {
        symbol.get_name()
        for symbol in table.get_symbols()
        if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
    }


def _names_read(table, is_cell=True):
    """Return the global names that code reads, its functions and classes included."""
    read = {
        symbol.get_name()
        for symbol in table.get_symbols()
        if symbol.is_referenced() and (is_cell or symbol.is_global())
    }
    return read.union(*(_names_read(inner, False) for inner in table.get_children()))
