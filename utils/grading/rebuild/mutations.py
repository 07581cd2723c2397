"""Which names a statement changes without binding them: `table[0] = 1`, `rows.append(2)`."""

import ast

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
IN_PLACE = {  # methods that change what they belong to
    *("append", "appendleft", "extend", "extendleft", "insert", "add", "update", "setdefault"),
    *("remove", "discard", "pop", "popleft", "popitem", "clear", "sort", "reverse", "fill"),
    *("register", "mkdir"),
}
ON_FIRST = {"shuffle", "fill_diagonal", "copyto", "put", "heapify", "heappush", "setattr"}
ON_FIRST |= {"delattr", "makedirs"}


def at_once(statement):
    """Yield the nodes of a statement that run with it: those in its functions don't."""
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, DEFINITIONS):
            waiting += node.decorator_list
        elif not isinstance(node, ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def root(node):
    """Return the name that an expression as `a.b[0].c(1)` or `vars(a)` begins with, or None."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        if not isinstance(node, ast.Call):
            node = node.value
        elif node.args and getattr(node.func, "id", None) in ("getattr", "vars"):
            node = node.args[0]
        else:
            node = node.func
    return getattr(node, "id", None)


def changed(nodes):
    """Return the names of what these nodes change, as far as their form tells."""
    found = set()
    for node in nodes:
        if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
            found.add(root(node))
        elif isinstance(node, ast.Expr):  # where the value is used, `layers.add` only computes
            found.add(_changed_by_call(node.value))
        elif isinstance(node, DEFINITIONS):  # `@show.register(int)`
            found.update(map(_changed_by_decorator, node.decorator_list))
    return found - {None}


def method_of(node):
    """Return the name of what `push` changes after `push = rows.append`, as a set."""
    value = node.value if isinstance(node, ast.Assign) else None
    is_method = isinstance(value, ast.Attribute) and value.attr in IN_PLACE
    return {root(value)} if is_method else set()


def _changed_by_call(node):
    while isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
        node = node.elt  # `[rows.append(k) for k in range(3)]`
    name = _called(node)
    if name in ON_FIRST and node.args:
        return root(node.args[0])
    return root(node.func) if name in IN_PLACE and isinstance(node.func, ast.Attribute) else None


def _changed_by_decorator(node):
    name = node.func if isinstance(node, ast.Call) else node
    return root(name) if isinstance(name, ast.Attribute) else None


def _called(node):
    """Return the last name of what a call calls, or None."""
    function = node.func if isinstance(node, ast.Call) else None
    return getattr(function, "attr", None) or getattr(function, "id", None)


def calls(nodes):
    """Return the names of what is called for what it does: alone, as decorators, or as the bases
    and metaclasses of a class, which may note it."""
    found = []
    for node in nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            found.append(node.value.func)
        if isinstance(node, DEFINITIONS):
            found += [getattr(item, "func", item) for item in node.decorator_list]
        if isinstance(node, ast.ClassDef):
            found += [*node.bases, *(keyword.value for keyword in node.keywords)]
    return {item.id for item in found if isinstance(item, ast.Name)}


def checks(nodes):
    """Return the names of the exercises that are checked: `check.name(…)`."""
    functions = (node.func for node in nodes if isinstance(node, ast.Call))
    return {
        function.attr
        for function in functions
        if isinstance(function, ast.Attribute) and getattr(function.value, "id", None) == "check"
    }
