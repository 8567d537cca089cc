"""The rating colour that a cell's fill stands for, by its hue; greys and pale tints stand for none."""

import colorsys
import re
from functools import lru_cache

HEX = re.compile(r"(?:[0-9a-fA-F]{2})?([0-9a-fA-F]{6})")
FAINTEST, FAINT, FAINT_BLUE = 12, 40, 60
TOO_LIGHT, TOO_DARK = 0.895, 0.15
DARKEST_GREY, LIGHTEST_GREY = 64, 250
HUES = ((15, "red"), (65, "amber"), (170, "green"), (255, "blue"), (325, "purple"), (361, "red"))


def grey_or_white(rgb: str) -> str | None:
    """The word for a fill without hue, which only a key can give a meaning."""
    found = HEX.fullmatch(rgb)
    channels = [int(found[1][place : place + 2], 16) for place in (0, 2, 4)] if found else []
    if not channels or max(channels) - min(channels) >= FAINT or max(channels) < DARKEST_GREY:
        return None
    return "white" if min(channels) >= LIGHTEST_GREY else "grey"


@lru_cache(maxsize=4096)
def colour_of_fill(rgb: str, *, pale: bool = False) -> str | None:
    """The colour of "92D050" or "FF92D050"; None for white, black, greys, pale table tints and no colour.

    `pale` takes the tints for colours too, for a column that is rated in nothing but tints.
    """
    found = HEX.fullmatch(rgb)
    if not found:
        return None
    channels = [int(found[1][place : place + 2], 16) for place in (0, 2, 4)]
    hue, light, _ = colorsys.rgb_to_hls(*(channel / 255 for channel in channels))
    strength = max(channels) - min(channels)
    if pale and strength >= FAINTEST:
        return next(name for limit, name in HUES if hue * 360 < limit)
    if strength < FAINT or not TOO_DARK <= light <= TOO_LIGHT:
        return None
    colour = next(name for limit, name in HUES if hue * 360 < limit)
    return None if colour == "blue" and strength < FAINT_BLUE else colour
