"""The wall between a learner's code and the probe that tries it.

A learner's function stays in its box and answers calls; the probe runs outside of it, and sees
what was returned, as values. One end is `Inside`, beside the function; the other is `Apart`, which
a probe calls as if it were the function. Both send messages of JSON over a stream, each with its
length before it. Whoever asks waits for the reply, and answers what the other asks meanwhile: so
iterators and functions among the arguments are served from outside, one item, one step at a time.

A library for remote objects (RPyC, Pyro) would reach attributes of objects at the other end, which
is what nobody may do here.
"""

import builtins
import contextlib
import importlib
import json
import struct
from functools import partial

from .attempt import attempt, parameters
from .by_values import NetworkByValues, answer_for
from .packing import ArgumentPacker, Packer
from .serialize import BadEvidence, interface, unpack_error, unpack_texts

CLOSED, UNREADABLE = "Its process ended.", "What it sent can't be read."
LENGTH = struct.Struct(">I")
MAX_MESSAGE = 16 << 20  # bytes
TOO_LARGE = f"What it returned takes more than {MAX_MESSAGE >> 20} MB."
MAX_LEFT = 100  # messages
MAX_KEPT = 100_000  # objects that stay, for one exercise
PACKAGE = __package__


class Gone(BaseException):
    """The other end is gone, or sent what it can't mean. No Exception: no probe goes on."""


class Stream:
    """Messages over a pair of binary files. read, write: file objects."""

    def __init__(self, read, write):
        self.read, self.write = read, write

    def send(self, message):
        data = json.dumps(message).encode()
        try:
            self.write.write(LENGTH.pack(len(data)) + data)
            self.write.flush()
        except (OSError, ValueError):
            raise Gone(CLOSED) from None

    def receive(self):
        """Return the next message, a dict. Raises Gone."""
        (size,) = LENGTH.unpack(self._exactly(LENGTH.size))
        if size > MAX_MESSAGE:
            self.close()  # nobody reads it, so the box must not wait until somebody does
            raise Gone(TOO_LARGE)
        try:
            message = json.loads(self._exactly(size))
        except (ValueError, RecursionError, MemoryError):
            raise Gone(UNREADABLE) from None
        if not isinstance(message, dict):
            raise Gone(UNREADABLE)
        return message

    def close(self):
        with contextlib.suppress(OSError):  # what is still to be written
            self.write.close()
        self.read.close()

    @property
    def is_closed(self):
        return self.read.closed

    def _exactly(self, size):
        try:
            data = self.read.read(size)
        except (OSError, ValueError):
            data = b""
        if len(data or b"") != size:
            raise Gone(CLOSED)
        return data


class _End:
    """What both ends have: what they keep for the other, and the way to ask and to answer."""

    packer_of = Packer

    def __init__(self, stream):
        self.stream, self.kept = stream, {}
        self.packer = self.packer_of(self._keep, self._reach)

    def _keep(self, value):
        if len(self.kept) >= MAX_KEPT:
            raise Gone("It made too many iterators.")
        number = len(self.kept)
        self.kept[number] = value
        return number

    def ask(self, **request):
        """Send a request; return the reply, a dict. Meanwhile answer what the other end asks."""
        self.stream.send(request)
        while True:
            message = self.stream.receive()
            if "ask" not in message:
                return message
            self.stream.send(self.answer(message))

    def unpack(self, value):
        """Return a value that the other end packed. Raises Gone for what can't be."""
        try:
            return self.packer.unpack(value)
        except BadEvidence as problem:
            raise Gone(str(problem)) from None
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError, MemoryError):
            raise Gone(UNREADABLE) from None

    def _as_raised(self, error):
        """Return what was raised at the other end: an error of Python's own, by its name."""
        kind = getattr(builtins, str(error["type"]), None)
        is_error = isinstance(kind, type) and issubclass(kind, Exception)
        try:
            raised = kind(error["message"]) if is_error else RuntimeError(error["message"])
        except TypeError:  # UnicodeDecodeError takes more
            raised = RuntimeError(error["message"])
        return raised


class Inside(_End):
    """The end in the box. item: what the learner wrote."""

    def __init__(self, stream, item):
        super().__init__(stream)
        self.item = item

    def serve(self, name):
        """Answer until the other end says that it is over. name: str, the exercise's."""
        self.stream.send({"interface": interface(self.item), "exercise": name})
        while True:
            message = self.stream.receive()
            if message.get("ask") == "end":
                return
            self.stream.send(self.answer(message))

    def answer(self, request):
        """Return the reply to one request."""
        what, args = request["ask"], self.unpack(request.get("args", []))
        if what == "call":
            return self._reply(attempt(self.item, args, copies_networks=False))
        if what == "inside":
            recipe = _recipe(request["recipe"])
            names = parameters(recipe, len(args) + 1)
            return self._reply(attempt(recipe, (self.item, *args), names, self.item, False))
        if what == "next":
            return self._reply(attempt(next, (self.kept[request["id"]],), learner=self.item))
        network = self.kept[request["id"]]  # bound, as an argument would be copied
        return self._reply(attempt(partial(answer_for, network), args))

    def _reply(self, attempted):
        value, seen = attempted
        return {"value": self.packer.pack(value), **seen}

    def _reach(self, kind, number, about):
        return _served(self, kind, number)


def _served(end, kind, number):
    """Return a function or an iterator of the other end, whose results are plain."""

    def ask(**request):
        reply = end.ask(id=number, **request)
        if reply.get("error"):
            raise end._as_raised(reply["error"])
        return end.unpack(reply["value"])

    if kind == "callable":
        return lambda *args, **named: ask(
            ask="call", args=end.packer.pack(list(args)), named=end.packer.pack(named)
        )
    return _items(ask)


def _items(ask):
    """Yield the items of an iterator at the other end."""
    while True:
        try:
            item = ask(ask="next")
        except StopIteration:
            return
        yield item


class Apart(_End):
    """The end outside: what stands for the learner's function where the probe runs.

    exercise: str; about: what the box says of its kind and parameters, see `serialize.interface`.
    """

    packer_of = ArgumentPacker

    def __init__(self, stream, exercise):
        super().__init__(stream)
        said = self.stream.receive()
        for _ in range(MAX_LEFT):  # what is left of an exercise that failed
            if "interface" in said and said.get("exercise") == exercise:
                break
            said = self.stream.receive()
        self.about = said.get("interface")
        if self.about is None:
            raise Gone("It could not be called.")

    def attempt(self, args):
        """Have the function called; return (value, what happened), see `attempt.attempt`."""
        return self._asked(ask="call", args=self.packer.pack(list(args)))

    def attempt_inside(self, recipe, args):
        """Have `recipe(function, *args)` called in the box; return the same."""
        module = recipe.__module__.removeprefix(PACKAGE)
        name = f"{module}:{recipe.__name__}"
        return self._asked(ask="inside", recipe=name, args=self.packer.pack(list(args)))

    def __call__(self, *args):
        """Return what the function returns, or raise what it raises."""
        return self._value(self.attempt(args))

    def end(self):
        """Let the box go on."""
        self.stream.send({"ask": "end"})

    def answer(self, request):
        """Return the reply to a request of the box: a step of a function that was an argument, or
        the next item of an iterator."""
        target = self.kept.get(request.get("id"))
        try:
            if request["ask"] == "next":
                value = next(target)
            else:
                named = self.unpack(request.get("named", {"dict": []}))
                value = target(*self.unpack(request["args"]), **named)
        except Exception as error:
            about = {"type": type(error).__name__, "message": str(error)[:300]}
            return {"error": {**about, "line": None, "text": "", "exercise": None}}
        return {"value": self.packer.pack(value)}

    def _asked(self, **request):
        reply = self.ask(**request)
        try:
            seen = {
                "error": unpack_error(reply["error"]),
                "changed": unpack_texts(reply["changed"]),
                "warnings": unpack_texts(reply["warnings"]),
            }
            value = reply["value"]
        except (ValueError, TypeError, KeyError):
            raise Gone(UNREADABLE) from None
        return (None if seen["error"] else self.unpack(value)), seen

    def _value(self, attempted):
        value, seen = attempted
        if seen["error"]:
            raised = self._as_raised(seen["error"])
            raised.described = seen["error"]  # with the learner's line
            raise raised
        return value

    def _reach(self, kind, number, about):
        if kind == "iterator":
            return _Iterator(self, number)
        if kind == "network":

            def ask(*args):
                packed = self.packer.pack(list(args))
                return self._value(self._asked(ask="network", id=number, args=packed))

            return NetworkByValues(ask, about)
        raise BadEvidence(UNREADABLE)


class _Iterator:
    """An iterator that stays in the box: each item is computed there when it is asked for."""

    def __init__(self, end, number):
        self.end, self.number = end, number

    def __iter__(self):
        return self

    def __next__(self):
        return self.end._value(self.end._asked(ask="next", id=self.number))


def _recipe(name):
    """Return a recipe by its name, as ".week2.Scalar:_gradients"."""
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module, PACKAGE), function)
