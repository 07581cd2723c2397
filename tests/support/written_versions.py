"""The catalogue's right and wrong versions as a learner would have them: one piece of source each.

The files are read, not imported. Where a version is a row of switches, these are put in place:
`square(grad)` becomes `np.abs(grad)`, and helpers of one line become what they return. Versions
that can't be written so are left out.
"""

import ast
import builtins
import copy
import re
from dataclasses import dataclass
from functools import cache

from utils import config
from utils.grading.copies.baseline import CHECKS, baseline

from .answers import FOLDER, read_answers

KNOWN = {"np", "keras", "tf", "layers", "math", *dir(builtins)}
MAX_PASSES = 8
NEIGHBOUR = re.compile(r"^from (\.+)([\w.]+) import", re.MULTILINE)


@dataclass(frozen=True)
class Version:
    """One way to write an exercise. source: str; text: str, what the catalogue says of it, '' for
    what is right and for mistakes that it doesn't know; is_right: bool; is_known: bool, whether
    the catalogue has it."""

    source: str
    text: str
    is_right: bool
    is_known: bool = True


class NotPlain(Exception):
    """A version needs more than its own source."""


@cache
def versions(week):
    """Return {exercise: list of Version}: alternatives and mistakes of the catalogue, and answers
    as students write them."""
    names = [name for name in baseline(week).references if _file(week, name).is_file()]
    found = {name: list(_of_catalogue(week, name)) for name in names}
    for name, code in baseline(week).references.items():
        if name in found:
            found[name] += _of_reference(week, name, code)
    for answer in read_answers(FOLDER / f"week{week}.py"):
        imports = [
            line
            for line in answer.start.splitlines()
            if line.startswith(("import ", "from ")) and _used(line, answer.code)
        ]
        source = "\n".join([*imports, answer.code.strip()])
        if answer.kind != "permitted":
            found[answer.name].append(Version(source, "", answer.kind == "right", False))
    return found


def _used(line, code):
    names = {alias.asname or alias.name for alias in ast.parse(line).body[0].names}
    return any(name in code for name in names - KNOWN)


def _of_reference(week, name, code):
    """Return the reference as one of the right versions: what everybody would write, nearly."""
    module = _Module(config.solutions_path(week), _parameters(week, name))
    node = ast.parse(code).body[0]
    return list(module.version(node, name, {}, "", True))


def _parameters(week, name):
    node = ast.parse(baseline(week).references[name])
    return {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}


def _file(week, name):
    return CHECKS / f"week{week}" / f"{name}.py"


def _of_catalogue(week, name):
    module = _Module(_file(week, name), _parameters(week, name))
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef):
            for text, is_right in module.kinds(node, name):
                yield from module.version(node, name, {}, text, is_right)
        elif isinstance(node, ast.Expr) and _is_call_of(node.value, name, "add_mistakes"):
            base, rows = node.value.args
            if not isinstance(base, ast.Name) or base.id not in module.functions:
                continue
            for text, switches in module.rows(rows):
                yield from module.version(module.functions[base.id], name, switches, text, False)


def _is_call_of(node, name, method):
    return ast.unparse(node).startswith(f"{name}.{method}(")


class _Module:
    """A file of the catalogue, with what it takes from its neighbours."""

    def __init__(self, path, own):
        self.own = own  # names of the exercise's parameters
        self.functions, self.values, self.imports = {}, {}, {}
        self.tree = self._read(path, set())

    def _read(self, path, seen):
        seen.add(path)
        text = path.read_text(encoding="utf-8")
        for dots, neighbour in NEIGHBOUR.findall(text):
            folder = path.parents[len(dots) - 1]
            other = folder.joinpath(*neighbour.split(".")).with_suffix(".py")
            if other.is_file() and other not in seen and other.name.startswith("_"):
                self._read(other, seen)
        tree = ast.parse(text)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                self.functions[node.name] = node
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self.values[node.targets[0].id] = node.value
            elif isinstance(node, ast.Import | ast.ImportFrom) and not getattr(node, "level", 0):
                for alias in node.names:
                    self.imports[alias.asname or alias.name] = ast.unparse(node)
        return tree

    def text(self, node):
        """Return the string that an expression of strings is. Raises NotPlain."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        if isinstance(node, ast.Name) and node.id in self.values:
            return self.text(self.values[node.id])
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return self.text(node.left) + self.text(node.right)
        if isinstance(node, ast.JoinedStr):
            return "".join(map(self.text, node.values))
        if isinstance(node, ast.FormattedValue):
            return self.text(node.value)
        raise NotPlain

    def kinds(self, node, name):
        """Yield (text, is_right) of each decorator that makes a function a version."""
        for decorator in node.decorator_list:
            if ast.unparse(decorator) == f"{name}.alternative":
                yield "", True
            elif _is_call_of(decorator, name, "mistake") and decorator.args:
                try:
                    yield self.text(decorator.args[0]), False
                except NotPlain:
                    continue

    def rows(self, node):
        """Yield (text, {switch: expression}) of a table of mistakes, as far as it is written
        out."""
        if isinstance(node, ast.Name):
            node = self.values.get(node.id)
        if isinstance(node, ast.Dict):
            pairs = list(zip(node.keys, node.values))
        elif isinstance(node, ast.List):
            pairs = [item.elts for item in node.elts if isinstance(item, ast.Tuple)]
        else:
            return
        for key, value in pairs:
            if key is not None and isinstance(value, ast.Dict):
                try:
                    names = map(self.text, value.keys)
                    yield self.text(key), dict(zip(names, value.values))
                except NotPlain:
                    continue

    def version(self, node, name, switches, text, is_right):
        """Yield the Version of a function with its switches put in place, or nothing."""
        try:
            yield Version(self._source(node, name, switches), text, is_right)
        except NotPlain:
            return

    def _source(self, node, name, switches):
        node = copy.deepcopy(node)
        node.decorator_list, node.name = [], name
        if ast.get_docstring(node):
            node.body = node.body[1:]
        if isinstance(node, ast.FunctionDef):
            node = self._without_switches(node, switches)
        for _ in range(MAX_PASSES):
            before = ast.dump(node)
            node = _Inline(self.functions).visit(node)
            if ast.dump(node) == before:
                break
        if any(map(_is_of_switches, ast.walk(node))):
            raise NotPlain
        return self._with_needs(ast.fix_missing_locations(node))

    def _without_switches(self, node, switches):
        """Put what is chosen into the place of all parameters that the exercise itself lacks."""
        defaults = node.args.defaults
        places = node.args.args[len(node.args.args) - len(defaults) :]
        pairs = [(arg, value) for arg, value in zip(places, defaults)]
        own = [pair for pair in pairs if pair[0].arg in self.own]
        given = {arg.arg: value for arg, value in pairs if arg.arg not in self.own} | switches
        node.args.args = [arg for arg in node.args.args if arg.arg not in given]
        node.args.defaults = [value for arg, value in own if arg.arg not in given]
        return _Put(given).visit(node)

    def _with_needs(self, node):
        """Return the source of a function with the imports, constants and helpers it needs."""
        lines, waiting, seen = [], [node], set()
        body = [node]
        while waiting:
            for word in sorted(_free(waiting.pop()) - KNOWN - seen - {node.name}):
                seen.add(word)
                if word in self.imports:
                    lines.append(self.imports[word])
                elif isinstance(self.values.get(word), ast.Constant):
                    lines.append(f"{word} = {ast.unparse(self.values[word])}")
                elif word in self.functions and not self.functions[word].decorator_list:
                    helper = copy.deepcopy(self.functions[word])
                    if helper.args.defaults:  # switches of the catalogue, which nobody has
                        raise NotPlain
                    if ast.get_docstring(helper):
                        helper.body = helper.body[1:]
                    body.insert(0, helper)
                    waiting.append(helper)
                else:
                    raise NotPlain
        if len(body) > 3 or any(not each.body for each in body):
            raise NotPlain
        return "\n".join([*lines, *map(ast.unparse, body)])


def _is_of_switches(node):
    """Whether a node only makes sense where switches are chosen: `None(x)`, `None is None`."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Constant | ast.Lambda)
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Is | ast.IsNot):
        return isinstance(node.left, ast.Constant | ast.Lambda) or not (
            isinstance(node.comparators[0], ast.Constant) and node.comparators[0].value is None
        )
    return isinstance(node, ast.If | ast.IfExp) and isinstance(node.test, ast.Constant)


def _free(node):
    """Return the names that a function uses and doesn't bind."""
    nodes = list(ast.walk(node))
    bound = {each.arg for each in nodes if isinstance(each, ast.arg)}
    bound |= {each.name for each in nodes if isinstance(each, ast.FunctionDef)}
    names = [each for each in nodes if isinstance(each, ast.Name)]
    bound |= {each.id for each in names if not isinstance(each.ctx, ast.Load)}
    return {each.id for each in names if each.id not in bound}


class _Put(ast.NodeTransformer):
    """Puts expressions in the place of names."""

    def __init__(self, given):
        self.given = given

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Load) and node.id in self.given:
            return copy.deepcopy(self.given[node.id])
        return node


class _Inline(ast.NodeTransformer):
    """Replaces calls of lambdas and of helpers of one line by what they return."""

    def __init__(self, functions):
        self.functions = functions

    def visit_Call(self, node):
        self.generic_visit(node)
        if node.keywords or any(isinstance(each, ast.Starred) for each in node.args):
            return node
        called = node.func
        if isinstance(called, ast.Name) and called.id in self.functions:
            called = _as_lambda(self.functions[called.id])
        if not isinstance(called, ast.Lambda):
            return node
        names = [each.arg for each in called.args.args]
        if called.args.vararg or called.args.defaults or len(names) != len(node.args):
            raise NotPlain
        return _Put(dict(zip(names, node.args))).visit(copy.deepcopy(called.body))

    def visit_IfExp(self, node):
        self.generic_visit(node)
        if isinstance(node.test, ast.Compare) and isinstance(node.test.ops[0], ast.Is | ast.IsNot):
            left, right = node.test.left, node.test.comparators[0]
            if all(isinstance(each, ast.Name | ast.Attribute | ast.Lambda | ast.Constant)
                   for each in (left, right)):  # fmt: skip
                is_same = ast.unparse(left) == ast.unparse(right)
                return node.body if is_same == isinstance(node.test.ops[0], ast.Is) else node.orelse
        return node


def _as_lambda(function):
    """Return a function that only returns something as a lambda, others as they are."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    plain = not function.decorator_list and not function.args.defaults
    if plain and len(body) == 1 and isinstance(body[0], ast.Return) and body[0].value:
        return ast.Lambda(function.args, body[0].value)
    return function
