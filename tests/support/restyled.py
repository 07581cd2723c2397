"""Other ways to write the same code, as two people do, or as somebody who hides a copy.

What an answer does stays as it was. Everything is drawn from a `random.Random`.
"""

import ast
import builtins
import copy
import keyword
import re

SHORT = ("a", "b", "c", "d", "e", "p", "q", "s", "u", "h2", "aa", "t1", "t2", "tmp", "tmp2")
LONG = ("result", "res", "out", "output", "value", "val", "current", "cur", "total", "acc")
LONG += (
    "temp",
    "inner",
    "outer",
    "part",
    "first",
    "second",
    "new",
    "ret",
    "final",
    "calc",
    "answer",
)
ENDS = ("_", "_new", "1", "_val", "_arr", "_t", "2", "_out", "_cur", "s")
OPENINGS = ("first", "here", "now", "then", "so", "note:", "todo", "next", "ok", "i think")
MIDDLES = ("compute", "get", "take", "make", "build", "use", "find", "work out", "apply", "do")
OBJECTS = ("the formula", "this part", "what the text says", "the value", "the shapes")
OBJECTS += ("the result", "all rows", "the loop", "the last step", "both terms", "the sum")


class Style:
    """How one person writes. rng: random.Random, of that person."""

    def __init__(self, rng):
        self.rng = rng
        self.renames, self.comments = rng.uniform(0.2, 0.9), rng.uniform(0.0, 0.5)
        self.other_form = rng.uniform(0.2, 0.6)
        self.is_tight, self.is_terse = rng.random() < 0.3, rng.random() < 0.3
        self.pool = rng.sample(SHORT, 6) if rng.random() < 0.4 else rng.sample(LONG, 8)

    def own(self, source):
        """Return an answer in this style. source: str, Python."""
        tree = _Forms(self.rng, self.other_form).visit(ast.parse(source))
        for function in _functions(tree):
            function.body = _ordered(_split(function.body, self.rng, self.other_form), self.rng)
        return self.commented(self.spaced(ast.unparse(self.renamed(tree))))

    def renamed(self, tree):
        """Return a tree whose variables have this person's names."""
        taken = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
        taken |= {each.arg for each in ast.walk(tree) if isinstance(each, ast.arg)}
        taken |= {*dir(builtins), *keyword.kwlist}
        names = {}
        for name in _variables(tree):
            if self.rng.random() < self.renames:
                fresh = [*self.pool, name + self.rng.choice(ENDS)]
                fresh = [each for each in fresh if each not in taken]
                if fresh:
                    names[name] = self.rng.choice(fresh)
                    taken.add(names[name])
        for each in ast.walk(tree):
            if isinstance(each, ast.Name) and each.id in names:
                each.id = names[each.id]
            elif isinstance(each, ast.arg) and each.arg in names:
                each.arg = names[each.arg]
        return tree

    def spaced(self, text):
        """Return code with this person's spaces."""
        lines = text.splitlines()
        for place, line in enumerate(lines):
            if '"' in line or "'" in line:
                continue
            line = re.sub(r" ([*/]|\*\*) ", r"\1", line) if self.is_tight else line
            lines[place] = line.replace(", ", ",") if self.is_terse else line
        return "\n".join(lines)

    def commented(self, text):
        """Return code with comments of this person."""
        lines = []
        for line in text.splitlines():
            lines.append(line)
            if line.endswith(":") and line.strip()[:4] == "def ":
                continue
            if line.startswith("    ") and self.rng.random() < self.comments and '"' not in line:
                lines[-1] += f"  # {self.comment()}" if len(line) < 60 else ""
        return "\n".join(lines)

    def comment(self):
        """Return some words."""
        words = [self.rng.choice(MIDDLES), self.rng.choice(OBJECTS)]
        return " ".join(([self.rng.choice(OPENINGS)] if self.rng.random() < 0.5 else []) + words)


def _functions(tree):
    return [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]


def _variables(tree):
    """Return the names that functions bind and nothing else does, in their order."""
    args = {each.arg for each in ast.walk(tree) if isinstance(each, ast.arg)} - {"other"}
    outside = {each.id for node in tree.body for each in ast.walk(node)
               if isinstance(node, ast.Assign | ast.Import | ast.ImportFrom)
               and isinstance(each, ast.Name)}  # fmt: skip
    fixed = {name for each in ast.walk(tree) if isinstance(each, ast.Global | ast.Nonlocal)
             for name in each.names}  # fmt: skip
    found = {}
    for function in _functions(tree):
        if any(each.arg == "self" for each in function.args.args):
            found["other"] = None
        for each in ast.walk(function):
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
                found[each.id] = None
    return [name for name in found if name not in args | outside | fixed]


def _split(body, rng, share):
    """Give some of what is returned or passed on a name of its own first."""
    lines = []
    for node in body:
        for field in ("body", "orelse"):
            if isinstance(node, ast.For | ast.If | ast.While | ast.With):
                setattr(node, field, _split(getattr(node, field, []), rng, share))
        value, lasts = getattr(node, "value", None), isinstance(node, ast.Return | ast.Assign)
        if lasts and isinstance(value, ast.BinOp | ast.Call) and rng.random() < share:
            name = f"part_{rng.randrange(10**6)}"
            part = _inner(value) if isinstance(node, ast.Assign) or rng.random() < 0.5 else None
            if part is not None:
                lines.append(_assign(name, part[1]))
                part[0](name)
            elif isinstance(node, ast.Return):
                lines.append(_assign(name, value))
                node = ast.Return(ast.Name(name, ast.Load()))
        elif isinstance(node, ast.Assign) and isinstance(value, ast.Tuple) and rng.random() < share:
            lines += _one_by_one(node)
            continue
        lines.append(node)
    return lines


def _inner(value):
    """Return (function that puts a name in its place, expression) of the first inner part."""
    if isinstance(value, ast.BinOp) and isinstance(value.left, ast.BinOp | ast.Call):
        old = value.left
        return lambda name: setattr(value, "left", ast.Name(name, ast.Load())), old
    old = value.args[0] if isinstance(value, ast.Call) and value.args else None
    if isinstance(old, ast.BinOp | ast.Call):
        return lambda name: value.args.__setitem__(0, ast.Name(name, ast.Load())), old
    return None


def _assign(name, value):
    return ast.fix_missing_locations(ast.Assign([ast.Name(name, ast.Store())], value, lineno=0))


def _names(node, kind):
    return {each.id for each in ast.walk(node)
            if isinstance(each, ast.Name) and isinstance(each.ctx, kind)}  # fmt: skip


def _one_by_one(node):
    """Return `a, b = x, y` as two statements where that is the same."""
    target, value = node.targets[0], node.value
    same_form = isinstance(target, ast.Tuple) and len(target.elts) == len(value.elts)
    if not same_form or _names(target, ast.Store) & _names(value, ast.Load):
        return [node]
    if not all(isinstance(each, ast.Name) for each in target.elts) or any(
        isinstance(each, ast.Starred) for each in value.elts
    ):
        return [node]
    return [_assign(one.id, two) for one, two in zip(target.elts, value.elts)]


def _ordered(body, rng):
    """Swap neighbours that have nothing to do with each other."""
    body = list(body)
    for place in range(len(body) - 1):
        one, two = body[place : place + 2]
        if _is_plain(one) and _is_plain(two) and rng.random() < 0.5:
            first, second = _names(one, ast.Store), _names(two, ast.Store)
            uses = _names(one, ast.Load) | _names(two, ast.Load)
            if not (first & second or (first | second) & uses):
                body[place : place + 2] = [two, one]
    return body


def _is_plain(node):
    is_name = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    calls = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
    return is_name and all(ast.unparse(each.func).startswith("np.") for each in calls)


class _Forms(ast.NodeTransformer):
    """Writes some of it in another form with the same value."""

    def __init__(self, rng, share):
        self.rng, self.share = rng, share

    def visit_BinOp(self, node):
        self.generic_visit(node)
        if self.rng.random() > self.share:
            return node
        left, right = node.left, node.right
        is_square = isinstance(node.op, ast.Pow) and ast.unparse(right) == "2"
        if is_square and isinstance(left, ast.Name):
            return ast.BinOp(left, ast.Mult(), copy.deepcopy(left))
        if isinstance(node.op, ast.Mult):
            return ast.BinOp(right, ast.Mult(), left)
        if isinstance(node.op, ast.Div) and ast.unparse(right) == "2":
            return ast.BinOp(ast.Constant(0.5), ast.Mult(), left)
        return node

    def visit_IfExp(self, node):
        self.generic_visit(node)
        if self.rng.random() > self.share:
            return node
        return ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.orelse, node.body)

    def visit_Call(self, node):
        self.generic_visit(node)
        if all(each.arg for each in node.keywords) and self.rng.random() < self.share:
            self.rng.shuffle(node.keywords)
        return node

    def visit_ListComp(self, node):
        self.generic_visit(node)
        if self.rng.random() > self.share / 2:
            return node
        every = ast.GeneratorExp(node.elt, node.generators)
        return ast.Call(ast.Name("list", ast.Load()), [every], [])

    def visit_ClassDef(self, node):
        self.generic_visit(node)
        if all(isinstance(each, ast.FunctionDef) and not each.decorator_list for each in node.body):
            self.rng.shuffle(node.body)
        return node

    def visit_Compare(self, node):
        self.generic_visit(node)
        flipped = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE}
        turned = flipped.get(type(node.ops[0]))
        if len(node.ops) > 1 or not turned or self.rng.random() > self.share:
            return node
        return ast.Compare(node.comparators[0], [turned()], [node.left])


def hidden(source, kind, style):
    """Return a copy of an answer, disguised. kind: str, as in `KINDS`; style: of who copies."""
    return KINDS[kind](source, style)


def _bare(source):
    return ast.unparse(ast.parse(source))


def _renamed(source, style):
    style.renames = 0.9
    return style.spaced(ast.unparse(style.renamed(ast.parse(source))))


def _reordered(source, style):
    tree = ast.parse(source)
    for function in _functions(tree):
        function.body = _ordered(function.body, style.rng)
    style.renames = 0.9
    return ast.unparse(style.renamed(tree))


def _other_comments(source, style):
    style.comments = 0.4
    return style.commented(style.spaced(_bare(source)))


def _edited(source, style):
    """Other names, a line that does nothing, a long expression in two."""
    tree = ast.parse(source)
    for function in _functions(tree):
        function.body = _split(function.body, style.rng, 0.6)
        if style.rng.random() < 0.5:
            function.body.insert(0, _assign("count_", ast.Constant(0)))
    style.renames = 0.9
    return style.commented(ast.unparse(style.renamed(tree)))


KINDS = {
    "verbatim": lambda source, style: source,
    "renamed": _renamed,
    "reordered": _reordered,
    "comments": _other_comments,
    "edited": _edited,
}
