"""The few signs that a narrative may use, as safe HTML: paragraphs, lists and bold."""

import re
from functools import lru_cache
from html import unescape

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "br", "ul", "ol", "li", "strong"}
ATTRIBUTES = {"ol": {"start"}}
# Bullets as word processors and spreadsheets paste them.
BULLET = re.compile(r"^[ \t]*[•◦▪●‣∙·][ \t\u00a0]+(?=\S)", re.MULTILINE)
PARSER = MarkdownIt("zero", {"html": False, "breaks": True}).enable(["list", "emphasis", "newline"])
SPACES = re.compile(r"\s+")


@lru_cache(maxsize=512)
def to_html(text: str) -> str:
    """Text as HTML that holds nothing but `TAGS`; everything else comes out as the words it is."""
    return nh3.clean(PARSER.render(with_plain_bullets(text)), tags=TAGS, attributes=ATTRIBUTES)


def to_plain(text: str) -> str:
    """The words alone, in one line."""
    return SPACES.sub(" ", unescape(nh3.clean(to_html(text), tags=set()))).strip()


def with_plain_bullets(text: str) -> str:
    """Line ends made even, and every known bullet at the start of a line written as "- "."""
    return BULLET.sub("- ", text.replace("\r\n", "\n").replace("\r", "\n"))
