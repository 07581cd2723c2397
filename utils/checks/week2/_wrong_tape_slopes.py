"""Mistakes of `Scalar` in what is handed on to the parents, as rows like `_wrong_tapes`."""

import numpy as np

from ._tape import Tape, with_number

POWER = "The slope of a power aⁿ is n·aⁿ⁻¹: {}."
TANH = "The slope of tanh is 1 − tanh²(a): {}."
SUM = "The slopes of a sum are 1 and 1: {}."
PRODUCT = "The slopes of a product are the other factor's value each: {}."

SLOPES = [
    (
        POWER.format("you took the logarithm, as if n were the variable"),
        "power_slope",
        lambda self, n: self.data**n * np.log(abs(self.data)),
    ),
    (
        POWER.format("you took n·a, which is right for squares only"),
        "power_slope",
        lambda self, n: n * self.data,
    ),
    (POWER.format("you took n alone"), "power_slope", lambda self, n: n),
    (
        POWER.format("you took n − 1 as the factor, too"),
        "power_slope",
        lambda self, n: (n - 1) * self.data ** (n - 1),
    ),
    (
        POWER.format("you divided by n, as an integral does"),
        "power_slope",
        lambda self, n: self.data ** (n + 1) / (n + 1),
    ),
    (
        TANH.format("you took tanh(a) · (1 − tanh(a)), the slope of a sigmoid"),
        "tanh_slope",
        lambda self, value: value * (1 - value),
    ),
    (TANH.format("you took tanh twice"), "tanh_slope", lambda self, value: 1 - np.tanh(value) ** 2),
    (TANH.format("you added the square"), "tanh_slope", lambda self, value: 1 + value**2),
    (TANH.format("its sign is turned"), "tanh_slope", lambda self, value: value**2 - 1),
    (TANH.format("you took tanh itself"), "tanh_slope", lambda self, value: value),
    (TANH.format("you took 1"), "tanh_slope", lambda self, value: 1.0),
    (TANH.format("you took the square alone"), "tanh_slope", lambda self, value: value**2),
    (SUM.format("you took the values"), "sum_slopes", lambda self, other: (self.data, other.data)),
    (
        SUM.format("you took the other's value"),
        "sum_slopes",
        lambda self, other: (other.data, self.data),
    ),
    (SUM.format("the second one gets nothing"), "sum_slopes", lambda self, other: (1.0, 0.0)),
    (PRODUCT.format("you took 1"), "product_slopes", lambda self, other: (1.0, 1.0)),
    (
        PRODUCT.format("you took the product of both"),
        "product_slopes",
        lambda self, other: (self.data * other.data,) * 2,
    ),
    (
        PRODUCT.format("you took this one's value twice"),
        "product_slopes",
        lambda self, other: (self.data, self.data),
    ),
    (
        PRODUCT.format("you took the other's value twice"),
        "product_slopes",
        lambda self, other: (other.data, other.data),
    ),
    (
        PRODUCT.format("the second one gets nothing"),
        "product_slopes",
        lambda self, other: (other.data, 0.0),
    ),
    (
        "A product with a plain number has that number for its slope; you took 1.",
        "__mul__",
        with_number(Tape.__mul__, lambda self, n: type(self)(self.data * n, [(self, 1.0)])),
    ),
    (
        "A product with a plain number has that number for its slope; you took the Scalar's value.",
        "__mul__",
        with_number(Tape.__mul__, lambda self, n: type(self)(self.data * n, [(self, self.data)])),
    ),
    (
        "A sum with a plain number forgets its parent: the slope along the Scalar is 1.",
        "__add__",
        with_number(Tape.__add__, lambda self, n: type(self)(self.data + n)),
    ),
    (
        "A product with a plain number forgets its parent: the slope along the Scalar is that "
        "number.",
        "__mul__",
        with_number(Tape.__mul__, lambda self, n: type(self)(self.data * n)),
    ),
    (
        "A power forgets its parent: keep the pair of self and the slope.",
        "__pow__",
        lambda self, n: type(self)(self.data**n),
    ),
    (
        "Each Scalar hands on gradient times slope; you handed on the gradient alone.",
        "share",
        lambda self, slope: self.grad,
    ),
    (
        "Each Scalar hands on gradient times slope; you added them.",
        "share",
        lambda self, slope: slope + self.grad,
    ),
    (
        "The gradient at the result itself is 1, whatever its value; you began with another.",
        "first_grad",
        2.0,
    ),
]
