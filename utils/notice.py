"""A frame around what a reader must not overlook."""

import textwrap


def box(*paragraphs, width=76):
    """Print paragraphs in a frame that can't be overlooked. paragraphs: str each."""
    print("╔" + "═" * (width + 2) + "╗")
    for paragraph in paragraphs:
        for line in textwrap.wrap(paragraph, width):
            print(f"║ {line:{width}} ║")
    print("╚" + "═" * (width + 2) + "╝")
