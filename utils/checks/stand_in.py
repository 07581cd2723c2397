"""Stands in for an item that stays in the kernel, where its kind and parameters are judged."""

from .probes import serialize


class _StandIn:
    """Stands for something that is no function and no class."""

    def __init__(self, kind):
        self.kind = kind

    def __repr__(self):
        return f"a {self.kind}"


def stand_in(about):
    """Return something with the kind and the parameters that a kernel told. about: dict."""
    kind, parameters = str(about["kind"])[:50], about["parameters"]
    if kind not in ("class", "function"):
        return _StandIn(kind)
    if parameters is None:
        return None
    signature = serialize.signature(parameters)
    if kind == "class":
        return type("Answer", (), {"__signature__": signature})

    def answer():
        pass

    answer.__signature__ = signature
    return answer
