"""The guides lead where they say, and their pictures are small and told in words."""

import re
from pathlib import Path

import pytest
from django.utils.text import slugify

ROOT = Path(__file__).resolve().parent.parent
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
MOST_BYTES = 100_000


def links_of(guide):
    """(is a picture, words, file, part of it) of each link into the project."""
    for picture, words, place in LINK.findall(guide.read_text()):
        if not re.match(r"https?:|mailto:", place):
            name, _, part = place.partition("#")
            yield bool(picture), words, guide.parent / name if name else guide, part


def headings_of(guide):
    return {slugify(line.lstrip("# ")) for line in guide.read_text().splitlines() if line.startswith("#")}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_link_leads_to_what_is_there(guide):
    links = list(links_of(guide))
    assert [str(file) for _, _, file, _ in links if not file.exists()] == []
    assert [(file.name, part) for _, _, file, part in links if part and part not in headings_of(file)] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_pictures_are_small_and_have_words_in_their_place(guide):
    pictures = [(file, words) for is_picture, words, file, _ in links_of(guide) if is_picture]
    assert [file.name for file, words in pictures if file.stat().st_size > MOST_BYTES] == []
    assert [file.name for file, words in pictures if len(words.split()) < 3] == []


def test_every_picture_of_a_guide_is_shown():
    shown = {file.resolve() for guide in GUIDES for is_picture, _, file, _ in links_of(guide) if is_picture}
    assert set((ROOT / "docs").rglob("*.png")) == shown
