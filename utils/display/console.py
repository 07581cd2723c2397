"""Boxes, bars and durations as text."""

import textwrap


def box(*paragraphs, width=76):
    """Print paragraphs in a frame, so that nobody overlooks them. paragraphs: str."""
    print("╔" + "═" * (width + 2) + "╗")
    for paragraph in paragraphs:
        for line in textwrap.wrap(paragraph, width):
            print(f"║ {line:{width}} ║")
    print("╚" + "═" * (width + 2) + "╝")


def bar(share, width=12):
    """Return a bar of `width` characters as text. share: float, 0 to 1, the part that is filled."""
    return ("█" * round(width * share)).ljust(width, "░")


def duration(seconds):
    """Return a duration as text: '8 s', '3 min'. seconds: float ≥ 0."""
    return f"{seconds:.0f} s" if seconds < 99.5 else f"{seconds / 60:.0f} min"
