"""Which exercise's result another exercise is given, in the cells of a notebook; runs nothing.

A cell such as `probability(expand(points), w)`, or `X = expand(points)` with `probability(X, w)`
cells later, gives `probability` what `expand` made.
"""

import ast

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
LOOPS = (ast.For, ast.AsyncFor, ast.comprehension)


class Flow:
    """Follows values through cells, in their order.

    names: iterable of str, the exercises. given: {exercise: set of the exercises whose function or
    result it got as an argument}. A name stands for the last exercises that made its value.
    """

    def __init__(self, names):
        self.given = {name: set() for name in names}
        self.made_by = {name: {name} for name in names}

    def read(self, source):
        """Follow the values through one cell. source: str; raises SyntaxError."""
        for statement in ast.parse(source).body:
            self._read(statement)

    def _of(self, nodes):
        return set().union(*map(self._read, nodes))

    def _read(self, node):
        """Return the exercises that made a node's value; note what calls in it are given."""
        if isinstance(node, ast.Name):
            return self.made_by.get(node.id, set())
        if isinstance(node, ast.Call):
            return self._read_call(node)
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            return self._read_definition(node)
        if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
            return self._apart(lambda: self._read_comprehension(node))
        if isinstance(node, ast.Assign):
            self._bind(node.targets, self._read(node.value))
        elif isinstance(node, LOOPS):
            self._bind([node.target], self._read(node.iter))
            rest = node.ifs if isinstance(node, ast.comprehension) else node.body + node.orelse
            self._of(rest)
        elif isinstance(node, ast.withitem) and node.optional_vars:
            self._bind([node.optional_vars], self._read(node.context_expr))
        else:
            return self._of(ast.iter_child_nodes(node))
        return set()

    def _read_call(self, node):
        made_by = self._read(node.func)
        given = self._of([*node.args, *(keyword.value for keyword in node.keywords)])
        name = getattr(node.func, "id", None)
        if name in self.given and made_by == {name}:
            self.given[name] |= given - {name}
            return made_by
        return made_by | given

    def _read_comprehension(self, node):
        self._of(node.generators)
        is_dict = isinstance(node, ast.DictComp)
        return self._of([node.key, node.value] if is_dict else [node.elt])

    def _read_definition(self, node):
        """A function or class stands for what its body uses; its own names are its own."""

        def inside():
            if isinstance(node, FUNCTIONS):
                arguments = node.args
                every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
                every += [one for one in (arguments.vararg, arguments.kwarg) if one]
                self.made_by.update({one.arg: set() for one in every})
            body = node.body if isinstance(node.body, list) else [node.body]
            self._of(body)
            return set().union(*(self._loaded(part) for part in body))

        uses = self._apart(inside)
        if not isinstance(node, ast.Lambda):
            self.made_by[node.name] = uses
        return uses

    def _loaded(self, node):
        loaded = (one for one in ast.walk(node) if isinstance(one, ast.Name))
        return set().union(*(self.made_by.get(one.id, set()) for one in loaded))

    def _apart(self, read):
        """Return what `read` returns; names that it binds are forgotten."""
        before = dict(self.made_by)
        found = read()
        self.made_by = before
        return found

    def _bind(self, targets, made_by):
        for target in targets:
            for node in ast.walk(target):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    self.made_by[node.id] = set(made_by)


def reduced(edges):
    """Return edges without those that a longer way stands for.

    edges: {name: set of the names before it}, without circles.
    """

    def before(name):
        return set().union(edges[name], *(before(other) for other in edges[name]))

    return {
        name: {one for one in found if not any(one in before(other) for other in found - {one})}
        for name, found in edges.items()
    }
