"""The source of a function as a text in which names that mean nothing are numbers.

Comments, docstrings, annotations, places and the names of what is local leave no trace in it, and
it is the same in every version of Python.
"""

import ast
from dataclasses import dataclass, field

SILENT = {"ctx", "kind", "type_comment", "type_params", "type_ignores", "returns", "annotation"}
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
CHANGING = {
    *("append", "appendleft", "extend", "insert", "add", "update", "setdefault", "fill"),
    *("pop", "popleft", "popitem", "remove", "discard", "clear", "sort", "reverse"),
}
KEYWORDS_OF_KERAS = {"training", "mask"}  # it looks whether a function takes them


@dataclass
class Spelling:
    """What `spell` finds. free: names from outside, `module.name` for modules of one's own."""

    text: str = ""
    free: dict = field(default_factory=dict)  # name -> its number
    changed: set = field(default_factory=set)  # free names, and `self.name`, that it changes
    keywords: set = field(default_factory=set)  # names that calls give to arguments
    imports: list = field(default_factory=list)  # (module, name or None) that it imports itself


def spell(node, is_own_module, keep=frozenset()):
    """Return the Spelling of a function. node: ast.FunctionDef, ast.AsyncFunctionDef or ast.Lambda.

    is_own_module: function (dotted name) -> bool. keep: names of arguments that aren't replaced.
    Decorators and defaults aren't spelled: what they made of the function counts.
    """
    speller = _Speller(is_own_module, keep)
    speller.function(node, outermost=True)
    speller.found.text = " ".join(speller.out)
    return speller.found


class _Scope:
    def __init__(self, serial, names, of_module=(), is_class=False):
        self.serial, self.names, self.of_module = serial, names, of_module
        self.is_class = is_class


def _arguments(node):
    args = node.args
    groups = (args.posonlyargs, args.args, [args.vararg], args.kwonlyargs, [args.kwarg])
    return [[arg.arg for arg in group if arg] for group in groups]


def _bound(nodes):
    """Return (names that statements bind, names that they declare as global)."""
    names, outer, of_module, left = set(), set(), set(), list(nodes)
    while left:
        node = left.pop()
        if isinstance(node, COMPREHENSIONS):  # only `:=` reaches out of it
            left += [item.target for item in ast.walk(node) if isinstance(item, ast.NamedExpr)]
            continue
        if isinstance(node, ast.Global | ast.Nonlocal):
            (of_module if isinstance(node, ast.Global) else outer).update(node.names)
        elif isinstance(node, ast.Name):
            if not isinstance(node.ctx, ast.Load):
                names.add(node.id)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name.split(".")[0])
        else:
            names.update(
                name for part in ("name", "rest") if isinstance(name := getattr(node, part, 0), str)
            )
        if not isinstance(node, (*DEFINITIONS, ast.Lambda)):
            left += ast.iter_child_nodes(node)
    return names - outer - of_module, of_module


def _says_nothing(node):
    """Whether a statement does nothing: a docstring, `pass`, or an annotation alone."""
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_bare = isinstance(node, ast.AnnAssign) and node.value is None
    return is_text or is_bare or isinstance(node, ast.Pass)


class _Speller:
    def __init__(self, is_own_module, keep):
        self.is_own_module, self.keep = is_own_module, keep | KEYWORDS_OF_KERAS
        self.out, self.scopes, self.numbers, self.serial = [], [], {}, 0
        self.found, self.me = Spelling(), None

    # --- nodes in general

    def spell(self, item):
        """Spell a node, a list of them, or a constant in one."""
        if isinstance(item, list):
            self.out.append("[")
            for part in item:
                if not (isinstance(part, ast.stmt) and _says_nothing(part)):
                    self.spell(part)
            self.out.append("]")
        elif isinstance(item, ast.AST):
            special = getattr(self, f"_{type(item).__name__}", self._plainly)
            special(item)
        else:
            self.out.append(repr(item))

    def _plainly(self, node, but=()):
        self.out.append(f"({type(node).__name__}")
        for name, value in ast.iter_fields(node):
            if name not in SILENT and name not in but and value is not None and value != []:
                self.out.append(name)
                self.spell(value)
        self.out.append(")")

    # --- names

    def _scope_of(self, name):
        """Return the scope that binds a name, or None if it is free."""
        for scope in reversed(self.scopes):
            if name in scope.of_module:
                return None
            if name in scope.names and (not scope.is_class or scope is self.scopes[-1]):
                return scope
        return None

    def _say(self, name):
        scope = self._scope_of(name)
        if scope is None:
            self.out.append(f"g{self.found.free.setdefault(name, len(self.found.free))}")
        elif scope.is_class or name in self.keep:
            self.out.append(f"'{name}'")
        else:
            number = self.numbers.setdefault((scope.serial, name), len(self.numbers))
            self.out.append(f"v{number}")

    def _changes(self, node):
        """Note whose contents change where a node is assigned to, or has its method called."""
        if isinstance(node, ast.Name):
            if self._scope_of(node.id) in (None, self.scopes[0]):
                self.found.changed.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == self.me:
                self.found.changed.add(f"self.{node.attr}")
        elif isinstance(node, ast.Subscript):
            self._changes(node.value)

    def _Name(self, node):
        if not isinstance(node.ctx, ast.Load) and self._scope_of(node.id) is None:
            self.found.changed.add(node.id)
        self._say(node.id)

    def _Subscript(self, node):
        if not isinstance(node.ctx, ast.Load):
            self._changes(node.value)
        self._plainly(node)

    def _Attribute(self, node):
        if not isinstance(node.ctx, ast.Load):
            self._changes(node)
        dotted = self._in_own_module(node)
        if dotted:
            self._say(dotted)
        else:
            self._plainly(node)

    def _in_own_module(self, node):
        """Return 'module.name' if an attribute is one of a module of one's own, or None."""
        if isinstance(node.value, ast.Name):
            base = node.value.id if self._scope_of(node.value.id) is None else None
        else:
            inner = isinstance(node.value, ast.Attribute)
            base = self._in_own_module(node.value) if inner else None
        return f"{base}.{node.attr}" if base and self.is_own_module(base) else None

    def _Call(self, node):
        if isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
            self._changes(node.func.value)
        self._plainly(node)

    def _keyword(self, node):
        self.found.keywords.add(node.arg)
        self._plainly(node)

    def _Dict(self, node):
        """A dict may hold arguments that `**` gives to a function."""
        self.found.keywords.update(key.value for key in node.keys if isinstance(key, ast.Constant))
        self._plainly(node)

    def _named(self, node):
        """Spell a node that binds a name which isn't an ast.Name: `except … as name`, a pattern."""
        for part in ("name", "rest"):
            if getattr(node, part, None):
                self._say(getattr(node, part))
        self._plainly(node, but=("name", "rest"))

    _ExceptHandler = _MatchAs = _MatchStar = _MatchMapping = _named

    def _alias(self, node):
        self.out.append(f"(alias {node.name}")
        if node.name != "*":
            self._say(node.asname or node.name.split(".")[0])
        self.out.append(")")

    def _Import(self, node):
        self.found.imports += [(alias.name, None) for alias in node.names]
        self._plainly(node)

    def _ImportFrom(self, node):
        if not node.level:
            self.found.imports += [(node.module, alias.name) for alias in node.names]
        self._plainly(node)

    def _Global(self, node):
        """What it declares shows in how the names are spelled."""

    _Nonlocal = _Global

    # --- what versions of Python, or spellings, tell apart without a difference

    def _AnnAssign(self, node):
        self.spell(ast.Assign(targets=[node.target], value=node.value))

    def _JoinedStr(self, node):
        self.out.append("(JoinedStr")
        text = ""
        for part in node.values:
            if isinstance(part, ast.Constant):
                text += part.value
                continue
            self.out.append(repr(text))
            text = ""
            self.spell(part)
        self.out.append(f"{text!r})")

    # --- scopes

    def _enter(self, names, of_module=(), is_class=False):
        self.serial += 1
        self.scopes.append(_Scope(self.serial, names, of_module, is_class))

    def function(self, node, outermost=False):
        """Spell a function's arguments and body in a scope of its own."""
        groups, body = _arguments(node), node.body
        if not outermost:
            self.spell([*node.args.defaults, *node.args.kw_defaults])
        names, of_module = _bound(body if isinstance(body, list) else [body])
        self._enter(names.union(*groups), of_module)
        if outermost and any(groups):
            self.me = next(name for group in groups for name in group)
        self.out.append(f"({type(node).__name__}")
        for group in groups:
            self.out.append("|")
            for name in group:
                self._say(name)
        self.spell(body)
        self.out.append(")")
        self.scopes.pop()

    def _FunctionDef(self, node):
        self.spell(node.decorator_list)
        self._say(node.name)
        self.function(node)

    _AsyncFunctionDef = _FunctionDef
    _Lambda = function

    def _ClassDef(self, node):
        self.spell([*node.decorator_list, *node.bases, *node.keywords])
        self._say(node.name)
        self._enter(_bound(node.body)[0], is_class=True)
        self.spell(node.body)
        self.scopes.pop()

    def _comprehension_of(self, node):
        first, *_ = node.generators
        self.spell(first.iter)  # it is evaluated outside
        self._enter(_bound([part.target for part in node.generators])[0])
        self.out.append(f"({type(node).__name__}")
        for part in node.generators:
            self.spell(part.target)
            self.spell([] if part is first else [part.iter])
            self.spell([*part.ifs, part.is_async])
        self._plainly(node, but=("generators",))
        self.out.append(")")
        self.scopes.pop()

    _ListComp = _SetComp = _DictComp = _GeneratorExp = _comprehension_of
