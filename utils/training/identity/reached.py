"""All code of the learner that something reaches, as texts that can be compared.

From a function: its defaults, the values of its closure, and the globals that it names; from an
object: its class with bases and methods, and the attributes that its methods only read. What is of
libraries, or of `utils`, counts by its name, with the functions of the learner's that it holds.
"""

import functools
import hashlib
import re
import types
from collections import deque

from .keras_settings import has_settings, parts_of_network, settings_text
from .objects import (
    CONTAINERS,
    NOTHING,
    WRAPPERS,
    arguments_by_name,
    contents,
    counts,
    held,
    is_interesting,
    label_of,
    library_name,
    look_up,
    wrapped_by,
)
from .own_code import imported_by, is_own_class, is_own_function, is_own_module, source_of
from .plain_values import is_array, is_plain, spelled_array, spelled_container, spelled_plain
from .spelling import spell

STARTS = {"__init__", "__post_init__", "__new__"}  # what they assign isn't changed later


def reach(roots, most=None, without=()):
    """Return (hash, {name: hash}) of all own code that values reach, and of its parts.

    roots: list of values. most: None, or int: of arrays and containers that are longer only the
    size counts. without: names of attributes that don't count. The hash doesn't depend on names.
    """
    changed, keep = set(), set()
    for _ in range(2):  # the first walk tells what is changed on the way, and named in calls
        walk = _Walk(changed, keep, most, without)
        units = walk.units_of(roots)
        changed, keep = walk.changed, walk.keywords
        if not changed and not keep:
            break
    parts = {}
    for label, text in units:
        parts[label] = parts.get(label, "") + re.sub(r"#\d+", "#", text) + "\n"
    whole = _hash("\n".join(text for _, text in units))
    return whole, {label: _hash(text) for label, text in parts.items()}


def _hash(text):
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


class _Walk:
    """One walk over all that is reached, breadth first. A unit is a function, class or object."""

    def __init__(self, known_changes, keep, most, without):
        self.known_changes, self.keep, self.most, self.without = known_changes, keep, most, without
        self.changed, self.keywords = set(), set()
        self.numbers, self.queue, self.inside = {}, deque(), []
        self.alive, self.spellings, self.arguments = [], {}, {}

    def units_of(self, roots):
        """Return a list of (name, text)."""
        units = [("", self.token(list(roots)))]
        while self.queue:
            label, text_of, value = self.queue.popleft()
            units.append((label, text_of(value)))
        return units

    def _reference(self, value, text_of):
        if id(value) not in self.numbers:
            self.numbers[id(value)] = len(self.numbers)
            self.alive.append(value)  # or its id might be used again
            self.queue.append((label_of(value), text_of, value))
        return f"#{self.numbers[id(value)]}"

    def _tokens(self, kind, *values):
        return " ".join([kind, *map(self.token, values)])

    def token(self, value):
        """Return what a value is, on one line; units are referred to by number."""
        if is_plain(value):
            return spelled_plain(value)
        if isinstance(value, CONTAINERS) and not is_own_class(type(value)):
            return self._container(value)
        if isinstance(value, types.SimpleNamespace):
            return self._container(vars(value))
        if isinstance(value, types.ModuleType):
            return "module" if is_own_module(value.__name__) else f"module {value.__name__}"
        if isinstance(value, types.FunctionType):
            return self._any_function(value)
        if isinstance(value, WRAPPERS):
            return self._wrapper(value)
        if isinstance(value, type):
            own = is_own_class(value)
            return self._reference(value, self._class) if own else library_name(value)
        if is_array(value):
            return spelled_array(value, self.most)
        if is_own_class(type(value)):
            return self._reference(value, self._object)
        if has_settings(value) or held(value, self.without):
            return self._reference(value, self._library_object)
        wrapped = wrapped_by(value) if callable(value) else None
        name = library_name(value)
        return self._tokens(f"wrapper {name}", wrapped) if wrapped else name

    def _container(self, value):
        if any(value is other for other in self.inside):
            return "itself"
        self.inside.append(value)
        try:
            return spelled_container(value, self.token, self.most)
        finally:
            self.inside.pop()

    def _wrapper(self, value):
        if isinstance(value, types.MethodType):
            return self._tokens("method", value.__func__, value.__self__)
        if isinstance(value, functools.partial | functools.partialmethod):
            self.keywords.update(value.keywords)
            return self._tokens("partial", value.func, value.args, value.keywords)
        if isinstance(value, property):
            return self._tokens("property", value.fget, value.fset, value.fdel)
        inner = value.func if isinstance(value, functools.cached_property) else value.__func__
        return self._tokens(type(value).__name__, inner)

    # --- functions

    def _any_function(self, function):
        if is_own_function(function):
            return self._reference(function, self._function)
        inside = [contents(cell) for cell in function.__closure__ or ()]
        inside.append(getattr(function, "__wrapped__", None))
        return self._tokens(library_name(function), *filter(is_interesting, inside))

    def _spelling(self, function):
        """Return the Spelling of a function, or None without a source."""
        if id(function) not in self.spellings:
            node = source_of(function)

            def is_own(name):
                module = look_up(function, name)[0]
                return isinstance(module, types.ModuleType) and is_own_module(module.__name__)

            keep = self.keep | self.arguments.get(id(function), set())
            found = spell(node, is_own, keep) if node else None
            self.spellings[id(function)] = found
            self.alive.append(function)
        return self.spellings[id(function)]

    def _function(self, function):
        spelling = self._spelling(function)
        if spelling is None:
            return self._code(function)
        self.keywords |= spelling.keywords
        changed = spelling.changed.intersection(spelling.free)
        self.changed |= {look_up(function, name)[1] for name in changed}
        used = [self._free(function, name) for name in spelling.free]
        code = function.__code__
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        values = function.__defaults__ or ()
        defaults = dict(zip(names[code.co_argcount - len(values) :], values))
        defaults.update(function.__kwdefaults__ or {})
        given = [
            f"{place}={'state' if name in spelling.changed else self.token(defaults[name])}"
            for place, name in enumerate(names)
            if name in defaults
        ]
        imported = [self.token(item) for item in imported_by(spelling.imports)]
        return "\n".join([spelling.text, *used, *given, *imported])

    def _free(self, function, name):
        value, key = look_up(function, name)
        if value is NOTHING:
            return f"unknown {name}"
        if key is None:
            return f"builtin {name}"
        if key in self.known_changes and not isinstance(value, types.ModuleType | type):
            return self.token(value) if callable(value) else "state"
        return self.token(value)

    def _code(self, function):
        """Return the text of a function that has no source: its bytes, in this Python."""
        texts, names, left = [], [], [function.__code__]
        while left:
            code = left.pop()
            texts += [code.co_code.hex(), str(code.co_varnames), str(code.co_names)]
            names += [*code.co_names, *code.co_freevars]
            for item in code.co_consts:
                if isinstance(item, types.CodeType):
                    left.append(item)
                elif item is not function.__doc__:
                    texts.append(self.token(item))
        known = [name for name in dict.fromkeys(names) if look_up(function, name)[1]]
        texts += [self._free(function, name) for name in known]
        texts += [self.token(function.__defaults__), self.token(function.__kwdefaults__)]
        return "\n".join(texts)

    # --- classes and objects

    def _methods(self, cls):
        """Yield (name, function) of the learner's functions in a class and its own bases."""
        for base in cls.__mro__:
            if is_own_class(base):
                for name, value in vars(base).items():
                    inner = getattr(value, "__func__", value)
                    if isinstance(inner, types.FunctionType) and is_own_function(inner):
                        yield name, inner

    def _attributes(self, cls):
        """Return the names of attributes that methods set at first, and that they change later."""
        first, later = set(), set()
        for name, function in self._methods(cls):
            spelling = self._spelling(function)
            changed = spelling.changed if spelling else ()
            names = {item[5:] for item in changed if item.startswith("self.")}
            (first if name in STARTS else later).update(names)
        return first, later

    def _class(self, cls):
        parts = [self.token(base) for base in cls.__bases__]
        if hasattr(cls, "__members__"):  # an Enum
            parts += [f"{name} {self.token(one.value)}" for name, one in cls.__members__.items()]
        for name, field in getattr(cls, "__dataclass_fields__", {}).items():
            parts += [f"{name} {self._tokens('', field.default, field.default_factory)}"]
        later = self._attributes(cls)[1]
        for name, value in sorted(vars(cls).items()):
            if name not in later and counts(cls, name, value):
                if isinstance(value, types.FunctionType):
                    self.arguments[id(value)] = arguments_by_name(cls, name, value)
                parts.append(f"{name} {self.token(value)}")
        return "\n".join(parts)

    def _object(self, item):
        cls = type(item)
        first, later = self._attributes(cls)
        of_library = any(not is_own_class(base) for base in cls.__mro__[:-1])
        values = getattr(item, "__dict__", {})
        names = first if of_library else set(values) | set(getattr(cls, "__slots__", ()))
        parts = [self.token(cls)]
        for name in sorted(names - later - set(self.without)):
            value = values[name] if name in values else getattr(item, name, None)
            parts.append(f"{name} {self.token(value)}")
        if isinstance(item, CONTAINERS):
            parts.append(self._container(item))
        return "\n".join([*parts, *self._of_library(item, names | later)])

    def _library_object(self, item):
        return "\n".join([library_name(type(item)), *self._of_library(item, self.without)])

    def _of_library(self, item, but):
        """Return lines about what an object has from a library's class."""
        lines = []
        for name, value in held(item, {*but, *self.without}).items():
            lines.append(f"{name} {self.token(value)}")
        if has_settings(item):
            parts = parts_of_network(item)
            lines.append(self.token(parts) if parts else settings_text(item))
        return lines
