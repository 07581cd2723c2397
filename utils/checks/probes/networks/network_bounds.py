"""How large a network may be that arrives from a learner's box."""

TEXT = 4_000_000  # characters, without weights
TEXT_WITH_WEIGHTS = 200_000_000
LAYERS = 2000  # with operations, and with each call of one, at any depth
DEPTH = 40  # of lists and dicts in each other
INTEGER = 4_000_000
WIDTH = 200_000  # of one layer
PARAMETERS = 30_000_000
GUESSED_PARAMETERS = 60_000_000  # where the shape of the input is unknown: all widths, squared
ACTIVATION = 20_000_000  # numbers in one tensor of one example
NAME = 200  # characters

WIDTHS = {
    "units", "filters", "output_dim", "key_dim", "value_dim", "num_heads", "num_query_heads",
    "num_key_value_heads", "head_dim", "depth_multiplier", "groups", "kernel_size", "n", "size",
    "target_shape", "output_shape",
}  # fmt: skip
