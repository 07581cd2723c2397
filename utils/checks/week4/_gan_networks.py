"""What must hold for both networks of a GAN."""

from ..probes.week4._gan import BUDGET


def size_facts(value):
    return {
        f"at most {BUDGET:,} parameters": value["parameters"] <= BUDGET,
        "input": value["input"],
        "output": value["output"],
    }


def training_facts(value):
    """Return the weights that stay in training."""
    return {"weights that no gradient reaches": value["weights that stayed"]}
