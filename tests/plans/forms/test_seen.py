import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.forms.seen import Seen, fingerprint, same_words

IDS = st.integers(0, 10**15)


@given(
    IDS, st.from_regex(r"[a-z_-]{0,20}", fullmatch=True), st.text(), st.text(), st.frozensets(IDS, max_size=8)
)
def test_what_was_seen_is_read_as_it_was_written(update, rating, way_back, target, steps):
    seen = Seen.of(update, rating, way_back, target, steps)
    assert Seen.read(seen.write()) == seen


@given(st.text())
def test_no_words_raise(words):
    assert isinstance(Seen.read(words), Seen)


@pytest.mark.parametrize("words", ["", "1|2", "x|green|||", "-1|green|||", "1|2|3|4|5|6", "²|green|||"])
def test_what_was_not_written_here_reads_as_nothing_seen(words):
    assert Seen.read(words) == Seen()


def test_a_step_that_is_no_number_is_left_out():
    assert Seen.read("7|green|a|b|3-x-5").steps == {3, 5}


@given(st.text().map(lambda text: text.replace("\r", "\n")))
def test_line_ends_and_spaces_around_make_no_difference(text):
    assert fingerprint(f" {text}\n".replace("\n", "\r\n")) == fingerprint(text)


def test_other_words_have_another_fingerprint():
    assert fingerprint("Fill two posts") != fingerprint("Fill three posts")
    assert same_words(" One\r\n two\r") == "One\n two"
