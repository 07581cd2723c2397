"""Values as JSON, for the way through the wall of a box, in both directions.

What comes out of a box may be anything: `unpack` makes nothing of it but numbers, strings, arrays
and containers of these, tensors, networks that `networks.unpack` lets pass, and stand-ins for what
stays where it is (functions, iterators, networks that can't leave).
"""

import contextlib
import sys

import numpy as np

from .attempt import Symbolic, is_network
from .recorder import MAX_DEPTH, MAX_ITEMS, Opaque, plain_array
from .serialize import BadEvidence, pack_array, unpack_array

MAX_TEXT = 100_000
MAX_PARTS = 500_000  # of one value, each number in a list counted
MAX_DIGITS = 4_000  # of an int: a generator's state holds large ones


class Packer:
    """Packs and unpacks for one end of a connection.

    keep: function that takes what must stay here, and returns an id for it; reach: function
    (kind, id, about) -> what stands for something that stayed at the other end. Kinds are
    "callable", "iterator" and "network".
    """

    def __init__(self, keep, reach):
        self.keep, self.reach = keep, reach
        self._numbers, self._networks, self._left = {}, [], MAX_PARTS  # of the value at hand

    def pack(self, value):
        """Return a value as what JSON can hold. A network that is in it twice is packed once."""
        with self._anew():
            return self._pack(value, 0)

    def unpack(self, value):
        """Return what was packed. Raises BadEvidence for what can't have been."""
        with self._anew():
            return self._unpack(value, 0)

    @contextlib.contextmanager
    def _anew(self):
        """Forget the networks of other values; remember them afterwards, as what stays at the other
        end is asked in between."""
        before = self._numbers, self._networks, self._left
        self._numbers, self._networks, self._left = {}, [], MAX_PARTS
        try:
            yield
        finally:
            self._numbers, self._networks, self._left = before

    def _pack(self, value, depth):
        if isinstance(value, Opaque):
            return {"opaque": str(value)}
        if isinstance(value, np.generic):  # np.float64 is a float, too
            return _pack_array(value)
        if value is None or isinstance(value, (bool, float)):
            return value
        if isinstance(value, int):
            fits = abs(value) < 10**MAX_DIGITS
            return int(value) if fits else {"opaque": "a very large int"}
        if isinstance(value, str):
            return str(value[:MAX_TEXT])
        if isinstance(value, (list, tuple, dict)):
            return self._pack_items(value, depth)
        return self._pack_object(value)

    def _pack_items(self, value, depth):
        if depth == MAX_DEPTH or len(value) > MAX_ITEMS:
            return {"opaque": f"a very large or deep {type(value).__name__}"}
        if isinstance(value, dict):
            items = [
                [self._pack(key, depth + 1), self._pack(item, depth + 1)]
                for key, item in value.items()
            ]
            return {"dict": items}
        items = [self._pack(item, depth + 1) for item in value]
        return items if isinstance(value, list) else {"tuple": items}

    def _pack_object(self, value):
        if isinstance(value, complex):
            return {"complex": [value.real, value.imag]}
        if isinstance(value, np.ndarray):
            return _pack_array(value)
        if isinstance(value, range):
            return {"range": [value.start, value.stop, value.step]}
        if isinstance(value, np.random.Generator):
            return {"generator": self._pack(_state(value), 0)}
        if isinstance(value, Symbolic):
            return {"symbolic": [list(value.shape), value.dtype]}
        if is_network(value):
            if id(value) in self._numbers:
                return {"again": self._numbers[id(value)]}
            self._numbers[id(value)] = len(self._numbers)
            return self._pack_network(value)
        if _is_tensor(value):
            kind = "variable" if hasattr(value, "assign") else "tensor"
            return {kind: _pack_array(_as_array(value))}
        if hasattr(value, "__next__"):
            return {"iterator": self.keep(value)}
        if hasattr(value, "__array__"):
            with contextlib.suppress(Exception):  # a KerasTensor has no values
                return _pack_array(np.array(value))
        return self._pack_rest(value)

    def _pack_rest(self, value):
        return {"opaque": f"an object of type {type(value).__name__}"}

    def _pack_network(self, value):
        """A network leaves as data, without its weights; one that can't, stays."""
        try:
            from .networks import CannotLeave, pack
        except ImportError:  # in a box of a week without networks
            return self._pack_rest(value)
        try:
            return {"network": pack(value)}
        except CannotLeave as reason:
            return {"stays": [self.keep(value), str(reason)[:300]]}

    def _unpack(self, value, depth):
        self._left -= 1
        if depth > 2 * MAX_DEPTH or self._left < 0:
            raise BadEvidence("What it returned has too many parts, or is nested too deep.")
        if value is None or isinstance(value, (bool, int, float)):
            return value
        if isinstance(value, str):
            return value[:MAX_TEXT]
        if isinstance(value, list):
            return [self._unpack(item, depth + 1) for item in value]
        ((kind, content),) = value.items()
        if kind == "tuple":
            return tuple(self._unpack(item, depth + 1) for item in content)
        if kind == "dict":
            return dict([self._unpack(part, depth + 1) for part in pair] for pair in content)
        return self._unpack_object(kind, content)

    def _unpack_object(self, kind, content):
        if kind == "opaque":
            return Opaque(str(content)[:MAX_TEXT])
        if kind == "complex":
            return complex(float(content[0]), float(content[1]))
        if kind == "array":
            return unpack_array(*content)
        if kind == "range":
            return range(*map(int, content))
        if kind == "generator":
            return _generator(*self._unpack(content, 0))
        if kind == "symbolic":
            return Symbolic(tuple(content[0]), content[1])
        if kind in ("tensor", "variable"):
            return _tensor(kind, unpack_array(*content["array"]))
        if kind == "again":
            return self._networks[int(content)]
        if kind in ("network", "stays"):
            network = _network(content) if kind == "network" else self._stays(*content)
            self._networks.append(network)
            return network
        if kind in ("callable", "iterator"):
            return self.reach(kind, int(content), "")
        raise BadEvidence(f"an unknown kind of value: {str(kind)[:50]}")

    def _stays(self, number, reason):
        return self.reach("network", int(number), str(reason)[:300])


class ArgumentPacker(Packer):
    """The same for what goes into a box: functions are called back, and networks have weights."""

    def _pack_rest(self, value):
        return {"callable": self.keep(value)} if callable(value) else super()._pack_rest(value)

    def _pack_network(self, value):
        from .networks import pack

        return {"network": pack(value, weights=True)}


def _state(rng):
    """Return what makes a generator anew: its state, and the seeds from which it spawns others."""
    seeds = rng.bit_generator.seed_seq
    about = {"entropy": seeds.entropy, "spawn_key": tuple(map(int, seeds.spawn_key))}
    return [rng.bit_generator.state, {**about, "n_children_spawned": seeds.n_children_spawned}]


def _generator(state, seeds):
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence(**seeds)))
    rng.bit_generator.state = state
    return rng


def _pack_array(value):
    item = plain_array(np.asarray(value))
    return {"opaque": str(item)} if isinstance(item, Opaque) else {"array": pack_array(item)}


def _is_tensor(value):
    keras, tensorflow = sys.modules.get("keras"), sys.modules.get("tensorflow")
    if keras is not None and (keras.ops.is_tensor(value) or isinstance(value, keras.Variable)):
        return not isinstance(value, keras.KerasTensor)
    return tensorflow is not None and tensorflow.is_tensor(value)


def _as_array(value):
    try:
        return sys.modules["keras"].ops.convert_to_numpy(value)
    except Exception:  # one of another library than Keras's backend
        return np.array(value)


def _tensor(kind, array):
    """Return an array as a tensor, or as it is where no library has tensors."""
    tensorflow, keras = sys.modules.get("tensorflow"), sys.modules.get("keras")
    if kind == "variable" and tensorflow is not None:
        return tensorflow.Variable(array)
    return array if keras is None else keras.ops.convert_to_tensor(array)


def _network(text):
    from .networks import BadNetwork, unpack

    try:
        return unpack(text)
    except BadNetwork as problem:
        raise BadEvidence(str(problem)) from None
