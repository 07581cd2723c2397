"""What a network takes or gives, in words, so that a verdict can show it."""


def size_in_words(shape):
    """Return the shape of one row as text, "32×32×3"; None and lists of shapes as they are."""
    if not isinstance(shape, (tuple, list)) or any(isinstance(part, tuple) for part in shape):
        return str(shape)
    return "×".join(map(str, shape[1:])) if len(shape) > 1 else "one number, without an axis"
