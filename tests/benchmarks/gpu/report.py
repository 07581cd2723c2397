"""Keeps what was found: a JSON file a part, in the form of tests/benchmarks/results."""

import datetime
import json
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from utils import config
from utils.files import write_whole

PACKAGES = ("jax", "jaxlib", "keras", "numpy", "tensorflow")


def card():
    """Return the name of what JAX computes on, such as 'NVIDIA H100 80GB HBM3', or 'cpu'."""
    import jax

    return jax.devices()[0].device_kind


def versions():
    """Return {package: its version, or None if it isn't there}."""
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = None
    return found


def keep(folder, name, figures, **more):
    """Write what a part found to folder/NAME.json.

    figures: list of tests.benchmarks.figures.Figure; more: what else JSON takes. Called again, it
    replaces the file, so a run that is cut off keeps what it had.
    """
    report = {
        "machine": config.describe_machine(),
        "card": card(),
        "date": datetime.date.today().isoformat(),
        "versions": versions(),
        "figures": [asdict(figure) for figure in figures],
        **more,
    }
    Path(folder).mkdir(parents=True, exist_ok=True)
    text = json.dumps(report, indent=1, default=float, ensure_ascii=False)
    write_whole(Path(folder, f"{name}.json"), text + "\n")
