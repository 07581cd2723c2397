"""The README's picture: what learners make, a figure of each week.

    make run && python -m tests.picture

Takes one figure of each page that `make run` wrote, so all data in it are the course's own, and
writes .github/weeks.png.
"""

import base64
import io
import re
import sys

from PIL import Image, ImageDraw, ImageFont

from utils import config

FIGURES = {  # week: (cell, what stands above it)
    1: ("sgd-boundary", "1  a linear model, bent"),
    2: ("network-graph", "2  a network of your own"),
    3: ("class-stimuli-figure", "3  what a network likes to see"),
    4: ("smile-figure", "4  a smile, put on by a code"),
    5: ("bigram-figure", "5  which letter comes next"),
    6: ("maps-figure", "6  a caption, and where it looked"),
}
WIDTH, HEIGHT, MARGIN, TITLE = 460, 250, 14, 26  # pixels of one figure, between, above
COLUMNS, COLOURS = 3, 256
CELL = r'id="cell-id={}".*?data:image/png;base64,([A-Za-z0-9+/=\s]+)'


def figure(week):
    """Return the first picture of the chosen cell of a week's page."""
    page = config.ROOT / "build" / f"{config.WEEKS[week]}.html"
    found = re.search(CELL.format(FIGURES[week][0]), page.read_text(encoding="utf-8"), re.DOTALL)
    return Image.open(io.BytesIO(base64.b64decode(found[1]))).convert("RGB")


def main():
    """Write the picture."""
    rows = -(-len(FIGURES) // COLUMNS)
    size = COLUMNS * (WIDTH + MARGIN) + MARGIN, rows * (HEIGHT + TITLE + MARGIN) + MARGIN
    sheet = Image.new("RGB", size, "white")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(18)
    for place, week in enumerate(FIGURES):
        row, column = divmod(place, COLUMNS)
        left, top = MARGIN + column * (WIDTH + MARGIN), MARGIN + row * (HEIGHT + TITLE + MARGIN)
        draw.text((left, top), FIGURES[week][1], fill="black", font=font)
        one = figure(week)
        one.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        sheet.paste(one, (left + (WIDTH - one.width) // 2, top + TITLE))
    sheet.quantize(COLOURS, kmeans=1).save(config.ROOT / ".github" / "weeks.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
