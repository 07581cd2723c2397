"""Takes cells apart into statements, with the names that each binds and uses. Runs none of it."""

import ast
import symtable
from dataclasses import dataclass

from .plain import plain_python, read

MAX_REASON = 200  # characters
AT_ONCE = ("listcomp", "setcomp", "dictcomp", "genexpr")


@dataclass
class Piece:
    """A statement at the top of a cell: its source, the names it binds, and those it uses.

    now: names that it uses as soon as it runs; later: those that its functions' bodies use.
    """

    source: str
    binds: frozenset
    now: frozenset
    later: frozenset
    cell: int

    @property
    def uses(self):
        return self.now | self.later


def _names(source):
    """Return (binds, now, later) of a statement, as Piece has them."""
    table = symtable.symtable(source, "cell", "exec")
    binds, now, later = set(), set(), set()
    for symbol in table.get_symbols():
        if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace():
            binds.add(symbol.get_name())
        if symbol.is_referenced():
            now.add(symbol.get_name())
    for child in table.get_children():
        _global_names(child, True, now, later)
    return binds, now, later


def _global_names(table, runs_now, now, later):
    """Add the names that a scope takes from the notebook: a class's body runs at once, and so do
    comprehensions; a function's runs later."""
    runs_now = runs_now and (table.get_type() == "class" or table.get_name() in AT_ONCE)
    for symbol in table.get_symbols():
        if symbol.is_global() and (symbol.is_referenced() or symbol.is_assigned()):
            (now if runs_now else later).add(symbol.get_name())
    for child in table.get_children():
        _global_names(child, runs_now, now, later)


def _piece(node, lines, cell):
    first = min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", []))])
    source = "\n".join(lines[first - 1 : node.end_lineno])
    if node.col_offset or _shares_line(node, lines):
        source = ast.unparse(node)  # statements with semicolons between them
    return Piece(source, *map(frozenset, _names(source)), cell)


def _shares_line(node, lines):
    after = lines[node.end_lineno - 1].encode()[node.end_col_offset :].strip()
    return bool(after) and not after.startswith(b"#")


def take_apart(cells):
    """Return (pieces, broken): the statements of all cells, and {cell: (reason, source)}."""
    pieces, broken = [], {}
    for number, cell in enumerate(cells):
        try:
            text = plain_python(cell)
            lines = text.split("\n")
            pieces += [_piece(node, lines, number) for node in read(text).body]
        except Exception as error:  # whatever is wrong with it, it costs only this cell
            line = f", line {error.lineno}" if getattr(error, "lineno", None) else ""
            is_deep = isinstance(error, (RecursionError, MemoryError))
            what = "too deep to be read" if is_deep else getattr(error, "msg", "no valid Python")
            broken[number] = (f"{what[:MAX_REASON]} (code cell {number + 1}{line})", cell)
    return pieces, broken
