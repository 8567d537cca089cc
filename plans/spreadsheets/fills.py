"""What a cell's style says: its fill as "RRGGBB", theme colours and tints worked out, its number format."""

import colorsys
import re
from dataclasses import dataclass

from defusedxml.ElementTree import fromstring
from openpyxl import Workbook as PlainWorkbook
from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.styles.fills import Fill, GradientFill, PatternFill
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

THEME = {  # Office's own of 2007 to 2010, for a workbook that names theme colours but has none
    "lt1": "FFFFFF",
    "dk1": "000000",
    "lt2": "EEECE1",
    "dk2": "1F497D",
    "accent1": "4F81BD",
    "accent2": "C0504D",
    "accent3": "9BBB59",
    "accent4": "8064A2",
    "accent5": "4BACC6",
    "accent6": "F79646",
    "hlink": "0000FF",
    "folHlink": "800080",
}
HEX = re.compile("[0-9A-Fa-f]{6}")
TEXTURES = (None, "none", "gray125", "gray0625")


@dataclass(frozen=True, slots=True)
class Style:
    fill: str | None = None
    number_format: str = "General"
    bold: bool = False


PLAIN = Style()


class Styles:
    """The styles of one workbook by their number in the sheets' XML; each is worked out once."""

    def __init__(self, workbook: PlainWorkbook) -> None:
        self.workbook = workbook
        self.theme = theme_colours(workbook.loaded_theme)
        self.known: dict[int, Style] = {}

    def __getitem__(self, number: int) -> Style:
        style = self.known.get(number)
        if style is None:
            style = self.known[number] = self._style(number)
        return style

    def _style(self, number: int) -> Style:
        book = self.workbook
        try:
            style = book._cell_styles[number]
            fill, font = book._fills[style.fillId], book._fonts[style.fontId]
        except IndexError:
            return PLAIN
        return Style(self._fill(fill), self._number_format(style.numFmtId), bool(font.b))

    def _number_format(self, number: int) -> str:
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return BUILTIN_FORMATS.get(number, "General")
        return self.workbook._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]

    def _fill(self, fill: Fill) -> str | None:
        if isinstance(fill, GradientFill):
            return self.colour(fill.stop[0].color) if fill.stop else None
        if not isinstance(fill, PatternFill) or fill.fill_type in TEXTURES:
            return None
        return self.colour(fill.fgColor)

    def colour(self, colour: Color) -> str | None:
        """The colour as "RRGGBB", or None for the automatic one."""
        if colour.type == "theme":
            plain = self.theme[colour.theme] if 0 <= colour.theme < len(self.theme) else None
        elif colour.type == "indexed":
            palette = self.workbook._colors or COLOR_INDEX
            plain = palette[colour.indexed] if 0 <= colour.indexed < len(palette) else None
        else:
            plain = colour.rgb if colour.type == "rgb" else None
        return with_tint(plain[-6:].upper(), colour.tint) if plain else None


def with_tint(rgb: str, tint: float) -> str:
    """The colour made darker (tint below 0) or lighter, in lightness as ECMA-376 18.8.19 defines it."""
    if not tint:
        return rgb
    tint = max(-1.0, min(1.0, tint))
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))


def theme_colours(xml: bytes | None) -> list[str]:
    """The twelve colours of a theme in the order in which cells number them; Office's own without a theme."""
    colours = dict(THEME)
    for element in fromstring(xml, forbid_dtd=True).iter() if xml else ():
        name = element.tag.rpartition("}")[2]
        if name in THEME and len(element):
            colour = element[0].get("lastClr") or element[0].get("val") or ""
            colours[name] = colour.upper() if HEX.fullmatch(colour) else THEME[name]
    return list(colours.values())
