"""Texts of networks with canonical names, so that equal networks have equal texts."""

import json
import re

from keras.src.utils.naming import to_snake_case

from .text import read


def normalized(text):
    """Return a network's text with automatic names counted from 0, and without weights."""
    network, layer_flags, weight_flags, _ = read(text)
    new = _Renamer().object(network, {})
    return json.dumps({"network": new, "trainable": [layer_flags, weight_flags]}, sort_keys=True)


class _Renamer:
    """Renames in one text. A scope is a dict, the new names of the layers of one network."""

    def __init__(self):
        self.counts = {}

    def object(self, item, scope):
        """Return an object's dict with new names; its own name is new in `scope`."""
        new = dict(item)
        config = new["config"] = dict(item["config"])
        if isinstance(config.get("name"), str) and item["class_name"] != "DTypePolicy":
            config["name"] = self.name(item["class_name"], config["name"], scope)
        if "name" in new:
            new["name"] = self.name(item["class_name"], item["name"], scope)
        if "layers" in config:
            inner = {}
            for layer in config["layers"]:
                self.name(layer["class_name"], layer["config"].get("name", ""), inner)
            config["layers"] = [self.object(layer, inner) for layer in config["layers"]]
            for key in ("input_layers", "output_layers"):
                if key in config:
                    config[key] = self.places(config[key], inner)
        else:
            new["config"] = {key: self.rest(value, {}) for key, value in config.items()}
        if "inbound_nodes" in new:
            new["inbound_nodes"] = self.rest(new["inbound_nodes"], scope)
        return new

    def name(self, kind, name, scope):
        """Return a layer's new name: automatic ones are its class's, with a number or without."""
        base = to_snake_case(kind)
        match = re.fullmatch(rf"((?:forward_|backward_)?{base})(_\d+)?", name)
        if name not in scope:
            scope[name] = name
            if match:
                number = self.counts[match[1]] = self.counts.get(match[1], -1) + 1
                scope[name] = f"{match[1]}_{number}"
        return scope[name]

    def places(self, item, scope):
        """Return what names a network's inputs or outputs, by new names."""
        if isinstance(item, dict):
            return {key: self.places(value, scope) for key, value in item.items()}
        if len(item) == 3 and isinstance(item[0], str):
            return [scope.get(item[0], item[0]), *item[1:]]
        return [self.places(value, scope) for value in item]

    def rest(self, item, scope):
        """Return any other value; calls name layers of `scope`."""
        if isinstance(item, list):
            return [self.rest(value, scope) for value in item]
        if not isinstance(item, dict):
            return item
        if item.get("class_name") == "__keras_tensor__":
            config = item["config"]
            place = self.places(config["keras_history"], scope)
            return {**item, "config": {**config, "keras_history": place}}
        if "module" in item:
            return self.object(item, {})
        return {key: self.rest(value, scope) for key, value in item.items()}
