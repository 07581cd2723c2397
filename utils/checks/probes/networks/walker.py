"""Builds the description of a network anew, from what is known to be harmless.

Keras's own deserializer looks up modules, classes and functions by names that stand in the text.
So it never sees the text: it sees new dicts that were made here, key by key, with names from fixed
lists. What isn't known here never arrives there.
"""

from . import network_bounds as bounds
from .refusals import BadNetwork
from .values import (
    KIND_AT,
    check_dtype,
    check_integer,
    check_key,
    check_name,
    check_string,
    kind_of,
    numbers,
    options_of,
    short_list,
    suffix_of,
)

MEMBERS = {"network", "layer", "operation"}
NETWORK_KEYS = {
    "Functional": ("name", "trainable", "layers", "input_layers", "output_layers"),
    "Sequential": ("name", "trainable", "layers", "build_input_shape"),
}


class Walker:
    """Walks over one network. `network(item)` returns its description, built anew."""

    def __init__(self):
        self.num_layers = 0
        self.num_tensors = 0
        self.in_call = False

    def network(self, item):
        """Return a whole network's description. item: dict, from JSON."""
        return self._object(item, {"network"}, 0)

    def _object(self, item, kinds, depth):
        """Return what describes one object of Keras. kinds: set of str, what it may be."""
        if not isinstance(item, dict):
            raise BadNetwork("The network's text has a value where a part of Keras must stand.")
        kind, name = kind_of(item)
        if kind not in kinds:
            raise BadNetwork(f"The network has a `{name}` where none can be.")
        config = item.get("config")
        if not isinstance(config, dict):
            raise BadNetwork(f"The network has a `{name}` without its options.")
        if depth > bounds.DEPTH:
            raise BadNetwork("The network is nested too deep.")
        new = {"module": item["module"], "class_name": name, "registered_name": None}
        if kind == "network":
            new["config"] = self._network_config(name, config, depth + 1)
        else:
            new["config"] = self._config(item["module"], name, config, depth + 1)
        if kind in MEMBERS:
            self._count_layer()
        return new

    def _count_layer(self):
        self.num_layers += 1
        if self.num_layers > bounds.LAYERS:
            raise BadNetwork(f"The network has more than {bounds.LAYERS} layers and operations.")

    def _config(self, module, name, config, depth):
        known = options_of(module, name)
        new = {}
        for key, value in config.items():
            if check_key(key) not in known:
                raise BadNetwork(f"The network gives `{name}` an option `{key}`, which it hasn't.")
            if key == "name":
                new[key] = check_dtype(value) if name == "DTypePolicy" else check_name(value)
            else:
                new[key] = self._value(key, value, depth)
        return new

    def _network_config(self, name, config, depth):
        new = {key: config[key] for key in NETWORK_KEYS[name] if key in config}
        layers = new.get("layers")
        if not isinstance(layers, list) or "name" not in new:
            raise BadNetwork("The network's text has no list of layers, or no name.")
        member = self._member if name == "Functional" else self._layer
        rest = {key: value for key, value in new.items() if key != "layers"}
        new = {key: self._ends(value, depth + 1) if key in ("input_layers", "output_layers")
               else self._value(key, value, depth) for key, value in rest.items()}  # fmt: skip
        new["layers"] = [member(layer, depth + 1) for layer in layers]
        return new

    def _layer(self, item, depth):
        return self._object(item, {"network", "layer"}, depth)

    def _member(self, item, depth):
        """Return a layer or operation of a Functional network, with its calls."""
        new = self._object(item, MEMBERS, depth)
        nodes = item.get("inbound_nodes")
        if not isinstance(nodes, list):
            raise BadNetwork("The network's text doesn't say what its layers are called with.")
        new["name"] = check_name(item.get("name"))
        new["inbound_nodes"] = [self._call(node, depth + 1) for node in nodes]
        return new

    def _call(self, node, depth):
        """Return one call of a layer: its arguments, with one symbolic tensor at least."""
        if not isinstance(node, dict) or not isinstance(node.get("args"), list):
            raise BadNetwork("The network's text doesn't say what a layer is called with.")
        if not isinstance(node.get("kwargs"), dict):
            raise BadNetwork("The network's text doesn't say how a layer is called.")
        self._count_layer()
        before, self.in_call = self.num_tensors, True
        new = {
            "args": self._value("args", node["args"], depth),
            "kwargs": {
                check_key(key): self._value(key, value, depth)
                for key, value in node["kwargs"].items()
            },
        }
        self.in_call = False
        if self.num_tensors == before:  # it would be computed at once, not described
            raise BadNetwork("The network calls a layer with numbers alone.")
        return new

    def _ends(self, item, depth):
        """Return what says which tensors are a network's inputs or outputs."""
        if depth > bounds.DEPTH:
            raise BadNetwork("The network is nested too deep.")
        if isinstance(item, dict):
            return {check_name(key): self._ends(value, depth + 1) for key, value in item.items()}
        if not isinstance(item, list):
            raise BadNetwork("The network's inputs or outputs aren't given.")
        if len(item) == 3 and isinstance(item[0], str):
            return self._place(item)
        return [self._ends(value, depth + 1) for value in item]

    def _place(self, item):
        if not isinstance(item, list) or len(item) != 3:
            raise BadNetwork("The network's text has a tensor that comes from nowhere.")
        return [check_name(item[0]), self._integer("node", item[1]), self._integer("at", item[2])]

    def _integer(self, key, number):
        if not isinstance(number, int) or isinstance(number, bool):
            raise BadNetwork("The network's text has something else where a number must stand.")
        return check_integer(key, number)

    def _value(self, key, value, depth):
        """Return any value under a key, made anew."""
        if depth > bounds.DEPTH:
            raise BadNetwork("The network is nested too deep.")
        if value is None or isinstance(value, (bool, float)):
            return value
        if isinstance(value, int):
            return check_integer(key, value)
        if isinstance(value, str):
            return check_string(key, value)
        if isinstance(value, list):
            return [self._value(key, item, depth + 1) for item in value]
        if "class_name" in value:
            return self._marked(key, value, depth + 1)
        if not self.in_call:  # no layer has options by name in an option
            raise BadNetwork(f"The network has a dict as `{key}`, which can't be one.")
        return {check_name(part): self._value(key, item, depth + 1) for part, item in value.items()}

    def _marked(self, key, item, depth):
        """Return a dict that stands for an object, or for a tensor, a slice or an ellipsis."""
        marker, config = item["class_name"], item.get("config")
        if marker not in ("__keras_tensor__", "__tensor__", "__numpy__", "__slice__",
                          "__ellipsis__"):  # fmt: skip
            return self._object(item, KIND_AT.get(suffix_of(key), set()), depth)
        if not isinstance(config, dict):
            raise BadNetwork("The network's text has a tensor without its values.")
        new = {}
        if marker == "__slice__":
            new = {part: self._value(part, config.get(part), depth)
                   for part in ("start", "stop", "step")}  # fmt: skip
        elif marker != "__ellipsis__":
            new["dtype"] = check_dtype(config.get("dtype"))
        if marker == "__keras_tensor__":
            self.num_tensors += 1
            new["shape"] = [self._size(size) for size in short_list(config.get("shape"))]
            new["keras_history"] = self._place(config.get("keras_history"))
        elif marker in ("__tensor__", "__numpy__"):
            new["value"] = numbers(config.get("value"), depth)
        return {"class_name": marker, "config": new}

    def _size(self, size):
        return None if size is None else self._integer("shape", size)
