import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from plans.forms.seen import Seen, fingerprint, is_written_in, same_words

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


DRAWN = {
    "a1-seen": Seen.of(7, "on_track", "By May", "30 April 2030", [4, 5]).write(),
    "a1-rating": "on_track",
}
DRAWN |= {"a1-way_back": " By May\r\n", "a1-happened": " ", "a1-new_date": "", "a1-keep": "", "a1-shown": "7"}


def sent(**changed):
    data = QueryDict(mutable=True)
    data.update(DRAWN | {f"a1-{name}": words for name, words in changed.items() if name != "steps"})
    data.setlist("a1-steps", changed.get("steps", ["5", "4"]))
    return data


@pytest.mark.parametrize(
    ("changed", "written"),
    [
        ({}, False),
        ({"rating": ""}, False),
        ({"way_back": ""}, False),
        ({"keep": "mine"}, False),
        ({"happened": "One"}, True),
        ({"same": "on"}, True),
        ({"evidence": "3"}, True),
        ({"new_date": "1 May"}, True),
        ({"move_reason": "Later"}, True),
        ({"rating": "off_track"}, True),
        ({"way_back": "By June"}, True),
        ({"steps": ["4"]}, True),
        ({"steps": ["4", "5", "6"]}, True),
        ({"steps": ["4", "5", "six"]}, True),
        ({"seen": "nonsense"}, True),
    ],
)
def test_whether_something_is_written_in_a_form_is_told_without_its_action(changed, written):
    assert is_written_in(sent(**changed), "a1") is written


def test_what_is_written_in_another_row_is_not_written_in_this():
    data = sent()
    data["a11-happened"] = "One"
    assert (is_written_in(data, "a1"), is_written_in(data, "a11")) == (False, True)
