"""What must hold for both networks of a GAN."""

import re

from ..probes.week4._gan import BUDGET


def size_facts(value):
    return {
        f"at most {BUDGET:,} parameters": value["parameters"] <= BUDGET,
        "input": value["input"],
        "output": value["output"],
    }


def training_facts(value):
    """Return the weights that stay in training, without the numbers that Keras gives to layers."""
    stayed = sorted(re.sub(r"_\d+", "", path) for path in value["weights that stayed"])
    return {"weights that no gradient reaches": stayed}
