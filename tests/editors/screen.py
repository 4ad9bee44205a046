"""A terminal's screen, from escape sequences to plain text or to a picture (SVG) for the documentation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

_SEQUENCE = re.compile(r"\x1b\[([0-9;:]*)m|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-9A-Za-z]|[\x0e\x0f]")
_CELL_W, _CELL_H, _FONT_PX, _MARGIN = 8.4, 18, 14, 10

# The sixteen colours, where a program names them by number.
_BASE = (
    "000000 cd3131 0dbc79 e5e510 2472c8 bc3fbc 11a8cd e5e5e5 666666 f14c4c 23d18b f5f543 3b8eea d670d6 29b8db ffffff"
)
_PALETTE = tuple(f"#{colour}" for colour in _BASE.split())


@dataclass(frozen=True, slots=True)
class Style:
    """Colours as ``#rrggbb``, ``None`` for the terminal's own."""

    ink: str | None = None
    paper: str | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    swapped: bool = False


def plain(screen: str) -> str:
    return _SEQUENCE.sub("", screen)


def _colour(codes: list[int]) -> str | None:
    """The colour that follows a 38 or 48; its codes are taken off."""
    kind = codes.pop(0) if codes else 0
    if kind == 2 and len(codes) >= 3:
        red, green, blue = (codes.pop(0) for _ in range(3))
        return f"#{red:02x}{green:02x}{blue:02x}"
    if kind != 5 or not codes:
        return None
    number = codes.pop(0)
    if number < 16:
        return _PALETTE[number]
    if number >= 232:
        return "#" + f"{8 + 10 * (number - 232):02x}" * 3
    steps = (0, 95, 135, 175, 215, 255)
    number -= 16
    return "#" + "".join(f"{steps[each]:02x}" for each in (number // 36, number // 6 % 6, number % 6))


def _styled(style: Style, parameters: str) -> Style:
    # Colons separate sub-parameters; an underline's shape (4:3) is no code of its own.
    parameters = re.sub(r"\b4:\d+", "4", parameters)
    parameters = re.sub(r"\b58[:;][25](?:[:;]\d*)+", "", parameters)
    codes = [int(code or 0) for code in re.split("[;:]", parameters)]
    while codes:
        code = codes.pop(0)
        if code == 0:
            style = Style()
        elif code in (1, 22):
            style = replace(style, bold=code == 1)
        elif code in (3, 23):
            style = replace(style, italic=code == 3)
        elif code in (4, 24):
            style = replace(style, underline=code == 4)
        elif code in (7, 27):
            style = replace(style, swapped=code == 7)
        elif code == 38:
            style = replace(style, ink=_colour(codes))
        elif code == 48:
            style = replace(style, paper=_colour(codes))
        elif code in (39, 49):
            style = replace(style, ink=None) if code == 39 else replace(style, paper=None)
        elif 30 <= code <= 37 or 90 <= code <= 97:
            style = replace(style, ink=_PALETTE[code - 30 if code < 90 else code - 82])
        elif 40 <= code <= 47 or 100 <= code <= 107:
            style = replace(style, paper=_PALETTE[code - 40 if code < 100 else code - 92])
    return style


def runs(line: str, style: Style) -> Iterator[tuple[str, Style]]:
    """Parts of one style each; ``style`` is that of the end of the line above."""
    at = 0
    for match in _SEQUENCE.finditer(line):
        if match.start() > at:
            yield line[at : match.start()], style
        if match[1] is not None:
            style = _styled(style, match[1])
        at = match.end()
    if at < len(line):
        yield line[at:], style
    yield "", style


def width(text: str) -> int:
    """Columns in a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def to_svg(screen: str, columns: int, *, ink: str, paper: str) -> str:
    """A picture of the screen; every run of one style is as wide as its columns, whatever font the viewer has."""
    last, parts, lines = Style(), [], screen.rstrip("\n").split("\n")
    for row, line in enumerate(lines):
        column = 0
        for text, style in runs(line, last):
            last = style
            if text:
                parts += _run(text, style, column, row, ink, paper)
                column += width(text)
    total_w, total_h = columns * _CELL_W + 2 * _MARGIN, len(lines) * _CELL_H + 2 * _MARGIN
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total_w:.0f}" height="{total_h}" '
        f'viewBox="0 0 {total_w:.1f} {total_h}" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" '
        f'font-size="{_FONT_PX}">\n<rect width="100%" height="100%" rx="6" fill="{paper}"/>'
    )
    return "\n".join([head, *parts, "</svg>", ""])


def _run(text: str, style: Style, column: int, row: int, ink: str, paper: str) -> list[str]:
    front, back = style.ink or ink, style.paper or paper
    if style.swapped:
        front, back = back, front
    x, y, w = _MARGIN + column * _CELL_W, _MARGIN + row * _CELL_H, width(text) * _CELL_W
    parts = []
    if back != paper:
        parts.append(
            f'<rect x="{x:.1f}" y="{y}" width="{w:.1f}" height="{_CELL_H}" fill="{back}" shape-rendering="crispEdges"/>'
        )
    if text.strip():
        looks = "".join(
            (
                ' font-weight="bold"' if style.bold else "",
                ' font-style="italic"' if style.italic else "",
                ' text-decoration="underline"' if style.underline else "",
            )
        )
        place = f'x="{x:.1f}" y="{y + 13.5:.1f}" textLength="{w:.1f}" lengthAdjust="spacingAndGlyphs"'
        parts.append(f'<text {place} fill="{front}"{looks} xml:space="preserve">{escape(text)}</text>')
    return parts
