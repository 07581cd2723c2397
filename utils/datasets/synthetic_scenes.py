"""Drawn scenes of one or two coloured shapes, each with five captions: the stand-in for Flickr.

Some pairs of colour and shape are kept for the test part, where they are the main shape: a model
that captions them has combined what it learned separately.
"""

import re

import numpy as np
from PIL import ImageDraw

from .drawing import hsv, oval, soft_background, spikes
from .records import CaptionedImages

SIDE, SCALE = 64, 2  # drawn twice as large and averaged: smooth edges

# hue, saturation, value; the words for each thing, the first of which names it in the attributes
COLOURS = {
    "red": (0.99, 0.88, 0.85),
    "orange": (0.075, 0.95, 1.0),
    "yellow": (0.15, 0.85, 0.98),
    "green": (0.36, 0.8, 0.62),
    "blue": (0.61, 0.85, 0.85),
    "purple": (0.78, 0.7, 0.65),
}
COLOUR_WORDS = {name: (name,) for name in COLOURS} | {"purple": ("purple", "violet")}
SHAPE_WORDS = {
    "circle": ("circle", "disc"),
    "square": ("square", "box"),
    "triangle": ("triangle",),
    "star": ("star",),
    "heart": ("heart",),
    "cross": ("cross", "plus"),
}
SIZE_WORDS = {"big": ("big", "large", "huge"), "small": ("small", "little", "tiny")}
RELATION_WORDS = {
    "left of": ("left of", "to the left of", "on the left side of"),
    "right of": ("right of", "to the right of", "on the right side of"),
    "above": ("above", "over", "higher than"),
    "below": ("below", "under", "beneath"),
}
OPPOSITE = {"left of": "right of", "right of": "left of", "above": "below", "below": "above"}

# Training sees these colours and these shapes, but never together. With six pairs instead of three,
# or fewer images, a small network mistakes the colour for the shape and fails on all of them.
HELD_OUT = (("red", "triangle"), ("yellow", "heart"), ("blue", "circle"))
SEEN = tuple((c, s) for c in COLOURS for s in SHAPE_WORDS if (c, s) not in HELD_OUT)

# {a} is the main shape, {b} the second; {r} says where a is relative to b, {o} where b is to a.
PAIR_TEMPLATES = (
    "{a} {r} {b}",
    "there is {a} {r} {b}",
    "{r} {b} there is {a}",
    "{b} is {o} {a}",
    "we see {a} and it is {r} {b}",
    "{a} sits {r} {b}",
    "{a} can be seen {r} {b}",
    "{a} has {b} {o} it",
    "in this picture {a} is {r} {b}",
    "the picture shows {a} with {b} {o} it",
)
LONE_TEMPLATES = (
    "{a}",
    "there is {a}",
    "a picture of {a}",
    "{a} on its own",
    "we see {a} and nothing else",
    "only {a} can be seen",
    "the picture shows {a}",
    "this is {a}",
    "{a} is all there is",
    "in this picture {a} is alone",
)


def make_scenes(seed=0, n_train=2500, n_val=200, n_test=200):
    """Draw scenes of a main shape and, in seven out of ten, a second one beside, above or below it.

    The pairs in HELD_OUT never occur in train and val; in test the main shape is always one of
    them, and the second never. seed: int; the same seed gives the same scenes. n_*: int, images
    in each part.
    Returns CaptionedImages: x_* (n, 64, 64, 3) uint8, 0 to 255; captions_* five different str per
    image, lower-case words separated by single spaces; attributes_* dicts with shape, color, size
    and, where there is a second shape, shape2, color2, size2 and relation ("left of": the main
    shape is left of the second).
    """
    rng = np.random.default_rng(seed)
    parts, first = [], 0
    for n, pairs in ((n_train, SEEN), (n_val, SEEN), (n_test, HELD_OUT)):
        mains = [pairs[k] for k in rng.permutation(np.arange(n) % len(pairs))]
        attributes = [_attributes(main, rng) for main in mains]
        x = np.stack([_draw(scene, rng) for scene in attributes])
        names = [f"scene_{first + k:05d}.png" for k in range(n)]
        parts.append((x, [_captions(scene, rng) for scene in attributes], names, attributes))
        first += n
    return CaptionedImages(
        *(column for part in parts for column in part[:3]),
        *(part[3] for part in parts),
        source=f"scenes drawn and described by the course's own code, seed {seed}",
        synthetic=True,
    )


def _pick(options, rng):
    return options[int(len(options) * rng.random())]  # rng.choice is ten times slower


def _attributes(main, rng):
    """Decide what a scene shows."""
    sizes = tuple(SIZE_WORDS)
    scene = {"shape": main[1], "color": main[0], "size": _pick(sizes, rng)}
    if rng.random() < 0.7:
        other = main
        while other == main:
            other = _pick(SEEN, rng)
        scene |= {"shape2": other[1], "color2": other[0], "size2": _pick(sizes, rng)}
        scene["relation"] = _pick(tuple(OPPOSITE), rng)
    return scene


def _captions(scene, rng):
    """Describe a scene in five ways; five templates give five different captions."""
    templates = PAIR_TEMPLATES if "relation" in scene else LONE_TEMPLATES
    chosen = np.argsort(rng.random(len(templates)))[:5]
    return [_caption(templates[k], scene, rng) for k in chosen]


def _caption(template, scene, rng):
    words = {"a": _phrase(scene, "", rng)}
    if "relation" in scene:
        words["b"] = _phrase(scene, "2", rng)
        words["r"] = _pick(RELATION_WORDS[scene["relation"]], rng)
        words["o"] = _pick(RELATION_WORDS[OPPOSITE[scene["relation"]]], rng)
    return template.format(**words)


def _phrase(scene, which, rng):
    """Return a phrase such as "a tiny blue box"; one phrase in five leaves the size out."""
    words = [
        _pick(COLOUR_WORDS[scene["color" + which]], rng),
        _pick(SHAPE_WORDS[scene["shape" + which]], rng),
    ]
    if rng.random() < 0.8:
        words.insert(0, _pick(SIZE_WORDS[scene["size" + which]], rng))
    return " ".join(["an" if words[0][0] in "aeiou" else "a", *words])


def describes(caption, scene):
    """Return whether a caption is one of those that people give a scene, or could have: whether it
    says all that is there, and nothing wrong. Sizes may be left out, and either shape may come
    first. caption: str; scene: dict, one of the attributes. Returns a bool."""
    scenes, templates = [scene], LONE_TEMPLATES
    if "relation" in scene:
        swapped = {key: scene[key + "2"] for key in ("shape", "color", "size")}
        swapped |= {key + "2": scene[key] for key in ("shape", "color", "size")}
        scenes.append(swapped | {"relation": OPPOSITE[scene["relation"]]})
        templates = PAIR_TEMPLATES
    return any(
        re.fullmatch(template.format(**_patterns(one)), caption)
        for one in scenes
        for template in templates
    )


def _patterns(scene):
    """Return what may stand in a template's places for a scene, as regular expressions."""

    def any_of(words):
        return f"(?:{'|'.join(words)})"

    def thing(which):
        size = any_of(SIZE_WORDS[scene["size" + which]])
        colour = any_of(COLOUR_WORDS[scene["color" + which]])
        return f"an? (?:{size} )?{colour} {any_of(SHAPE_WORDS[scene['shape' + which]])}"

    found = {"a": thing("")}
    if "relation" in scene:
        found["b"] = thing("2")
        found["r"] = any_of(RELATION_WORDS[scene["relation"]])
        found["o"] = any_of(RELATION_WORDS[OPPOSITE[scene["relation"]]])
    return found


def _draw(scene, rng):
    """Draw a scene; (64, 64, 3) uint8."""
    image = _background(rng)
    draw = ImageDraw.Draw(image)
    which = ("", "2") if "relation" in scene else ("",)
    radii = [
        rng.uniform(*((11.5, 14) if scene["size" + k] == "big" else (6.5, 8.5))) for k in which
    ]
    for k, radius, place in zip(which, radii, _places(scene, radii, rng)):
        _draw_shape(draw, scene["shape" + k], scene["color" + k], radius, place, rng)
    return np.asarray(image.reduce(SCALE))


def _places(scene, radii, rng):
    """Return the centre of each shape, in pixels, so that nothing overlaps or is cut off."""
    relation = scene.get("relation")
    if relation is None:
        return [rng.uniform(radii[0] + 1, SIDE - 1 - radii[0], 2)]
    swap = relation in ("right of", "below")  # the second shape then comes first along the axis
    near, far = radii[::-1] if swap else radii
    slack = SIDE - 3 - 2 * near - 2 * far
    before, after = np.sort(rng.uniform(0, slack, 2))
    along = [1 + near + before, 1 + 2 * near + 1 + after + far]
    reach = max(radii) + 5
    across = rng.uniform(reach, SIDE - reach) + rng.uniform(-4, 4, 2)
    places = list(np.column_stack([along, across]))
    if relation in ("above", "below"):
        places = [place[::-1] for place in places]
    return places[::-1] if swap else places


def _draw_shape(draw, shape, colour, radius, place, rng):
    """Draw a shape, slightly turned, with a shadow and a darker rim."""
    hue, saturation, value = COLOURS[colour]
    hue, value = hue + rng.uniform(-0.012, 0.012), value * rng.uniform(0.9, 1)
    cos, sin = np.cos(turn := rng.uniform(-0.2, 0.2)), np.sin(turn)
    points = SHAPES[shape] @ [[cos, sin], [-sin, cos]]
    face = hsv(hue, saturation, value)
    shadow, rim = (46, 46, 54), hsv(hue, saturation, 0.72 * value)
    for size, offset, fill in ((1, 1, shadow), (1, 0, rim), (0.86, 0, face)):
        polygon = (points * (size * radius) + place + offset) * SCALE
        draw.polygon(polygon.ravel().tolist(), fill=fill)


def _background(rng):
    """Blend muted colours: a plain wall, stripes, dots, or a ground below a sky."""
    side, kind = SIDE * SCALE, rng.integers(4)
    hue, saturation, value = rng.random(), rng.uniform(0.05, 0.25), rng.uniform(0.5, 0.95)
    change = rng.uniform(-0.08, 0.08, 4)
    grid = [hsv(hue + c / 2, saturation, min(1, value + c)) for c in change]
    image = soft_background(np.array(grid, dtype=np.uint8).reshape(2, 2, 3), side)
    draw = ImageDraw.Draw(image)
    tone = hsv(hue, saturation, value * rng.uniform(0.84, 0.95))
    step = int(rng.integers(12, 26))
    if kind == 1:
        for x in range(0, side, step):
            draw.rectangle([x, 0, x + step // 2, side], fill=tone)
    elif kind == 2:
        for x in range(step // 2, side, step):
            for y in range(step // 2, side, step):
                draw.ellipse([x - 2, y - 2, x + 2, y + 2], fill=tone)
    elif kind == 3:
        y = side * rng.uniform(0.45, 0.8)
        ground = hsv(rng.random(), 0.22, rng.uniform(0.4, 0.85))
        draw.polygon([0, y, side, y + rng.uniform(-8, 8), side, side, 0, side], fill=ground)
    return image


def _heart():
    t = np.linspace(0, 2 * np.pi, 25)
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return np.column_stack([np.sin(t) ** 3, -(y + 2) / 16])


# Points of each shape, within −1 to 1, y pointing down.
SHAPES = {
    "circle": oval(0, 0, 0.95, 0.95),
    "square": np.array([[-0.8, -0.8], [0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]]),
    "triangle": np.array([[0, -0.95], [0.95, 0.75], [-0.95, 0.75]]),
    "star": spikes(1, 0.42),
    "heart": _heart(),
    "cross": np.array(
        [[-1, -3], [1, -3], [1, -1], [3, -1], [3, 1], [1, 1]]
        + [[1, 3], [-1, 3], [-1, 1], [-3, 1], [-3, -1], [-1, -1]]
    )
    * 0.31,
}
