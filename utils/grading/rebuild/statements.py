"""Takes cells apart into statements, with the names that each binds and uses. Executes nothing."""

import ast
import symtable
from dataclasses import dataclass, field

from ..conflicts import marker_in
from . import texts
from .mutations import at_once, calls, changed, checks, method_of, root
from .plain_python import plain_python, read

AT_ONCE = ("listcomp", "setcomp", "dictcomp", "genexpr")
MAYBE = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.TryStar, ast.Match)
MAX_SET = 20  # names that a call is taken to change: more would make many calls costly
MAX_REASON = 200  # characters


@dataclass(eq=False)
class Statement:
    """One at the top level of a cell: its source, the names it binds, and those it uses.

    now: names that it uses as soon as it is executed; later: those that its functions' bodies use;
    sets, alters: those that these bodies bind, or change, for all; changes: those of what it
    changes itself; calls: functions that it calls alone in a line; checks: exercises that it
    checks.
    """

    source: str
    cell: int
    is_import: bool
    is_class: bool
    may_bind: bool  # what it binds may also stay as it was
    is_template: bool  # an exercise as the course gives it
    for_all: bool  # it acts on code that doesn't name it: `from numpy import *`
    binds: set = field(default_factory=set)
    now: set = field(default_factory=set)
    later: set = field(default_factory=set)
    sets: set = field(default_factory=set)
    alters: set = field(default_factory=set)
    changes: set = field(default_factory=set)
    calls: set = field(default_factory=set)
    keeps: set = field(default_factory=set)
    checks: set = field(default_factory=set)
    texts: set = field(default_factory=set)
    writes: set = field(default_factory=set)

    @property
    def uses(self):
        return self.now | self.later


def _statement(source, node, cell):
    nodes, all_nodes = list(at_once(node)), list(ast.walk(node))
    is_import, may_bind = isinstance(node, (ast.Import, ast.ImportFrom)), isinstance(node, MAYBE)
    for_all = any(map(_is_for_all, nodes)) or bool(changed(nodes) & texts.SPACES)
    is_class = isinstance(node, ast.ClassDef)
    statement = Statement(source, cell, is_import, is_class, may_bind, _is_template(node), for_all)
    table = symtable.symtable(source, "cell", "exec")
    for symbol in table.get_symbols():
        if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace():
            statement.binds.add(symbol.get_name())
        if symbol.is_referenced():
            statement.now.add(symbol.get_name())
    for child in table.get_children():
        _global_names(child, True, statement)
    statement.now.update(*map(_builds_on, nodes))
    statement.changes = changed(nodes) & (statement.now | statement.binds)
    statement.alters = set(sorted(changed(all_nodes) & statement.later)[:MAX_SET])
    statement.alters |= method_of(node) & statement.now
    statement.sets = set(sorted(statement.sets)[:MAX_SET])
    statement.calls, statement.checks = calls(nodes), checks(nodes)
    statement.keeps = _keeping(node) & statement.binds
    statement.texts = texts.of(all_nodes)
    statement.writes = texts.written(nodes, statement.texts)
    if statement.for_all:
        statement.binds.add(source)  # no name, but the rebuilt notebook then runs it only once
    return statement


def _is_for_all(node):
    is_from = isinstance(node, ast.ImportFrom)
    return is_from and (node.module == "__future__" or node.names[0].name == "*")


def _keeping(node):
    """Return the names of what a call changes: objects, and classes that note their subclasses."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
        return {root(target) for target in node.targets}
    if isinstance(node, ast.ClassDef):
        is_meta = "type" in map(root, node.bases)
        notes = any(getattr(item, "name", "") == "__init_subclass__" for item in node.body)
        return {node.name} if is_meta or notes else set()
    return set()


def _is_template(node):
    """Whether a function, or one of a class's methods, does nothing but raise
    NotImplementedError."""
    if isinstance(node, ast.ClassDef):
        return any(map(_is_template, node.body))
    if not isinstance(node, ast.FunctionDef):
        return False
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    is_raise = len(body) == 1 and isinstance(body[0], ast.Raise)
    return is_raise and root(body[0].exc) == "NotImplementedError"


def _global_names(table, runs_now, statement):
    """Add the names that a scope takes from the notebook: a class's body runs at once, and so do
    comprehensions; a function's runs later."""
    runs_now = runs_now and (table.get_type() == "class" or table.get_name() in AT_ONCE)
    for symbol in table.get_symbols():
        if symbol.is_global() and (symbol.is_referenced() or symbol.is_assigned()):
            (statement.now if runs_now else statement.later).add(symbol.get_name())
        if symbol.is_declared_global() and symbol.is_assigned():
            statement.sets.add(symbol.get_name())
    for child in table.get_children():
        _global_names(child, runs_now, statement)


def _builds_on(node):
    """Return the names that a node binds anew from what they were, beyond what symtable says:
    `n += 1`, and `import xml.sax` after `import xml.dom`."""
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names if "." in alias.name}
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        return {node.target.id}
    return set()


def _statements(text, number):
    lines, body = text.split("\n"), read(text).body
    ends = [0, *(node.end_lineno for node in body)]
    starts = [*(node.lineno for node in body[1:]), len(lines) + 1]
    for node, end_before, start_after in zip(body, ends, starts):
        if isinstance(node, ast.Import):  # each on its own: one may be missing, or look odd
            for alias in node.names:
                alone = ast.Import([alias])
                yield _statement(ast.unparse(alone), alone, number)
            continue
        first = min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", []))])
        source = "\n".join(lines[first - 1 : node.end_lineno])
        if first == end_before or node.end_lineno == start_after:
            source = ast.unparse(node)  # statements with semicolons between them
        yield _statement(source, node, number)


def take_apart(cells):
    """Return (statements, broken): the statements of all cells, and {cell: (reason, source)}."""
    statements, broken = [], {}
    for number, cell in enumerate(cells):
        try:
            statements += list(_statements(plain_python(cell), number))
        except Exception as error:  # whatever is wrong with it, it costs only this cell
            broken[number] = (_reason(error, cell, number), cell)
    return statements, broken


def _reason(error, cell, number):
    """Return why a cell can't be read, with its place, in words."""
    conflict = marker_in(cell)
    if conflict:
        marker, line = conflict
        place = f"`{marker}` in code cell {number + 1}, line {line}"
        return f"it holds the markers of a merge conflict ({place}); resolve it, hand it in again"
    line = f", line {error.lineno}" if getattr(error, "lineno", None) else ""
    is_deep = isinstance(error, (RecursionError, MemoryError))
    what = "too deep to be read" if is_deep else getattr(error, "msg", "not valid Python")
    return f"{what[:MAX_REASON]} (code cell {number + 1}{line})"


def rebind_what_changes(statements):
    """Count a change of something that the submission made as binding it anew.

    What was imported isn't the submission's own: libraries stay as they are.
    """
    texts.resolve(statements)
    made, binders = set(), {}
    for statement in statements:
        called = [(name, binders[name]) for name in statement.calls if name in binders]
        alters = set().union(*(each.alters | each.keeps & {name} for name, each in called))
        found = (statement.changes | alters) & made
        found.update(*(each.sets for _, each in called))
        if statement.is_class:
            statement.alters |= alters  # so do its own subclasses
        if alters & texts.SPACES:
            statement.for_all = True
            found.add(statement.source)
        binders.update(dict.fromkeys(statement.binds, statement))
        statement.binds |= found
        statement.now |= found
        (made.difference_update if statement.is_import else made.update)(statement.binds)
