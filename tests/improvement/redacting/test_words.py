"""Words are found however they were typed, and nothing else is touched."""

import unicodedata
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from improvement.redacting.words import IN_PLACE, TOO_LONG, TOO_SHORT, BadWords, Marks, Words

NAME = "Qxzzy Brambling"
MARK = "removed on 22 November 2026"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Qxzzy Brambling was seen.", f"{MARK} was seen."),
        ("QXZZY BRAMBLING and qxzzy brambling", f"{MARK} and {MARK}"),
        ("We saw Qxzzy\nBrambling, then Qxzzy \t Brambling.", f"We saw {MARK}, then {MARK}."),
        ("Qxzzy\u00a0Brambling; Qxzzy\u2003Brambling", f"{MARK}; {MARK}"),
        ("Qxzzy Brambling's plan", f"{MARK}'s plan"),
        ("Qxzzy Brambling’s plan", f"{MARK}’s plan"),
        ("“Qxzzy Brambling”", f"“{MARK}”"),
        ("report_Qxzzy_Brambling.pdf", f"report_{MARK}.pdf"),
        ("https://example.org/Qxzzy%20Brambling.pdf?who=qxzzy+brambling", None),
        ("Qx\u00adzzy Bram\u200bbling", MARK),
        ("Qxzzy Bramb\u006c\u0069\u006eg ½", f"{MARK} ½"),
        ("Qxzzy_x000D_\nBrambling_x000a_", f"{MARK}_x000a_"),
        ("Ｑｘｚｚｙ Brambling", MARK),
    ],
)
def test_finds_a_name_however_it_was_typed(text, left):
    left = left or f"https://example.org/{MARK}.pdf?who={MARK}"
    assert Words(NAME).replaced(text, MARK) == left


@pytest.mark.parametrize(
    "text",
    [
        "Qxzzy Bramblings",
        "Brambling Qxzzy",
        "Qxzzy and Brambling",
        "AQxzzy Brambling",
        "Qxzzy. Brambling",
        "Bramble ½ of 45% in “the garden”",
        "",
    ],
)
def test_leaves_what_is_not_the_name(text):
    assert Words(NAME).replaced(text, MARK) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Zoë Fenwick-Moss", "Zoe\u0308 Fenwick-Moss"),
        ("Zoe\u0308 Fenwick-Moss", "ZOË FENWICK\u2011MOSS"),
        ("Zoë Fenwick-Moss", "Zoë Fenwick Moss"),
        ("Zoë Fenwick-Moss", "zo%C3%AB%20fenwick-moss"),
        ("Orla O'Bramley", "Orla O’Bramley"),
        ("Orla O’Bramley", "orla obramley"),
        ("Straße Neun", "STRASSE NEUN"),
        ("Finn Office", "Finn O\ufb03ce"),
        ("485 777 3456", "485-777-3456"),
    ],
)
def test_finds_other_forms_of_the_same_letters(words, text):
    assert Words(words).replaced(f"({text})", MARK) == f"({MARK})"


def test_a_folded_heading_has_lost_its_apostrophe():
    words = Words(NAME)
    assert words.folded.replaced("qxzzy bramblings comments", "x") == "xs comments"
    assert words.folded.replaced("qxzzy brambling comments", "x") == "x comments"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", TOO_SHORT),
        ("  \n", TOO_SHORT),
        ("ab", TOO_SHORT),
        ("...", TOO_SHORT),
        ("2026", TOO_SHORT),
        ("a " * 200, TOO_LONG),
    ],
)
def test_words_that_would_take_out_too_much_are_refused(words, said):
    with pytest.raises(BadWords) as refused:
        Words(words)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("words", "day", "mark"),
    [
        (NAME, date(2026, 11, 22), "removed on 22 November 2026"),
        ("November", date(2026, 11, 22), "removed on 2026-11-22"),
        ("May", date(2026, 5, 3), "removed on 2026-05-03"),
    ],
)
def test_the_mark_does_not_hold_the_words(words, day, mark):
    assert Words(words).marks(day).long == mark


def test_words_of_every_mark_are_refused():
    with pytest.raises(BadWords, match="part of what is put in their place") as refused:
        Words("removed").marks(date(2026, 11, 22))
    assert str(refused.value) == IN_PLACE


@pytest.mark.parametrize(
    ("most", "left"),
    [
        (None, f"{MARK}: seen"),
        (40, f"{MARK}: seen"),
        (20, "removed: seen"),
        (9, "…: seen"),
        (2, "…: seen"),
    ],
)
def test_a_short_column_gets_a_shorter_mark_and_no_cut(most, left):
    assert Words("Sam Moss").replaced_within("Sam Moss: seen", Marks(MARK), most) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Fill posts for Qxzzy…", f"Fill posts for {MARK}…"),
        ("“Fill posts for Qxzzy Bramb…” and Qxzzy Brambling", f"“Fill posts for {MARK}…” and {MARK}"),
        ("Qx…", "Qx…"),
        ("A Qxzzy\nBra… then aqxzzy…", f"A {MARK}… then aqxzzy…"),
        ("Qxzzy and…", "Qxzzy and…"),
        ("Ends in Qxzzy B", "Ends in Qxzzy B"),
    ],
)
def test_a_text_shortened_inside_the_words(text, left):
    assert Words(NAME).replaced_cut(text, MARK) == left


def test_a_text_cut_off_inside_the_words():
    assert Words(NAME).replaced_cut("Ends in Qxzzy B", MARK, is_cut=True) == f"Ends in {MARK}"


def test_many_apostrophes_are_soon_looked_for():
    """Each with and without every other one would take for ever."""
    words = Words("O" + "'" * 40 + "Qxzzy")
    assert (
        words.replaced("o''qxzzy, O" + "'" * 39 + "QXZZX Qxzzy", MARK)
        == f"{MARK}, O" + "'" * 39 + "QXZZX Qxzzy"
    )


def test_what_is_put_in_place_makes_no_new_place_with_its_neighbours():
    words = Words("Qxzzy removed")
    assert words.replaced("Qxzzy Qxzzy removed", MARK) == f"{MARK} on 22 November 2026"
    assert not words.are_in(words.replaced("Qxzzy Qxzzy removed", MARK))


def test_it_shows_itself_nowhere():
    assert "xzzy" not in repr(Words(NAME)).lower()


def typed(name):
    """A name as somebody may type it: in any case, with any space, composed or not."""
    case = st.sampled_from([str.upper, str.lower, str.title, str])
    space = st.sampled_from([" ", "  ", "\n", "\u00a0", "\t", "_", "\u2009", "%20", "-"])
    form = st.sampled_from(["NFC", "NFD", "NFKC"])
    return st.builds(
        lambda each, gap, form: unicodedata.normalize(form, gap.join(map(each, name.split()))),
        case,
        space,
        form,
    )


AROUND = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)


@given(before=AROUND, after=AROUND, name=typed("Zoë Brambling"))
def test_the_name_goes_and_the_rest_stays(before, after, name):
    words = Words("Zoë Brambling")
    assume(not words.are_in(before + after))
    apart_before, apart_after = before + " ! ", " ! " + after
    assert words.replaced(apart_before + name + apart_after, MARK) == apart_before + MARK + apart_after


@given(st.lists(st.one_of(AROUND, typed("Zoë Brambling")), max_size=6))
def test_nothing_is_found_twice(pieces):
    words = Words("Zoë Brambling")
    once = words.replaced(" ".join(pieces), MARK)
    assert not words.are_in(once)
    assert words.replaced(once, MARK) == once


@given(AROUND)
def test_a_text_without_the_words_is_the_same_text(text):
    words = Words("Zoë Brambling")
    assume(not words.are_in(text))
    assert words.replaced(text, MARK) == text
