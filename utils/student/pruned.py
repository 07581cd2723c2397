"""The checks of a week without answers: what makes a check, and no right or wrong version.

Of each module remains what the check's own line, `NAME = new_check(…)`, needs: properties,
sentences and layers, and what these need in their turn, from the same module or a neighbour.
"""

import ast
from collections import defaultdict

from .. import config

CHECKS = config.ROOT / "utils" / "checks"


def pruned_checks(week):
    """Return {path relative to the course: text} of the modules that a week's checks need.

    week: int, 1 to 6. A neighbour that nothing needs any more is left out.
    """
    folder = CHECKS / f"week{week}"
    wanted = defaultdict(set)  # path → names
    waiting = []
    for path in sorted(folder.glob("[!_]*.py")):
        waiting.append((path, path.stem))
    while waiting:
        path, name = waiting.pop()
        if name not in wanted[path]:
            wanted[path].add(name)
            waiting += _imported(path, wanted[path])
    texts = {path: _without(path, names) for path, names in wanted.items()}
    texts[folder / "__init__.py"] = (folder / "__init__.py").read_text(encoding="utf-8")
    return {path.relative_to(config.ROOT).as_posix(): text for path, text in texts.items()}


def _imported(path, names):
    """Return [(path, name)] of what a module takes from neighbours to define these names."""
    found = []
    for node in _needed(_tree(path), names)[0]:
        if isinstance(node, ast.ImportFrom) and (other := _neighbour(path, node)):
            used = _needed(_tree(path), names)[1]
            found += [(other, each.name) for each in node.names if _bound(each) in used]
    return found


def _neighbour(path, node):
    """Return the path of a module with checks that an import names, or None for any other."""
    if not node.level or node.module is None:
        return None
    folder = path.parents[node.level - 1]
    found = folder / f"{node.module}.py"
    is_private = node.module.startswith("_") and folder in (CHECKS, path.parent)
    return found if is_private and found.is_file() else None


def _tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def _bound(alias):
    return alias.asname or alias.name.partition(".")[0]


def _binds(node):
    """Return the names that a statement of a module binds or extends, a set of str."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {_bound(alias) for alias in node.names}
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return {each.id for target in targets for each in ast.walk(target)
                if isinstance(each, ast.Name)}  # fmt: skip
    return set()


def _needed(tree, names):
    """Return (statements in their order, names) that define these names and what they use."""
    needed, seen, statements = set(names), set(), []
    while len(seen) < len(needed):
        name = (needed - seen).pop()
        seen.add(name)
        for node in tree.body:
            if name in _binds(node) and node not in statements:
                statements.append(node)
                if not isinstance(node, ast.Import | ast.ImportFrom):
                    needed |= {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return sorted(statements, key=lambda node: node.lineno), needed


def _without(path, names):
    """Return the text of a module with only what these names need, and the space around it."""
    text = path.read_text(encoding="utf-8")
    tree, lines = ast.parse(text), text.splitlines()
    statements, used = _needed(tree, names)
    end, parts = tree.body[0].end_lineno, lines[: tree.body[0].end_lineno]  # the docstring
    for node in tree.body[1:]:
        first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
        if node in statements:
            parts += lines[end : first - 1]
            parts += _lines_of(node, lines[first - 1 : node.end_lineno], used)
        end = node.end_lineno
    return "\n".join(parts) + "\n"


def _lines_of(node, lines, used):
    """Return the lines of a statement, of an import without the names that aren't used."""
    if not isinstance(node, ast.Import | ast.ImportFrom):
        return lines
    kept = [alias for alias in node.names if _bound(alias) in used]
    if len(kept) == len(node.names):
        return lines
    node.names = kept
    return [ast.unparse(node)]
