"""Texts inside structured data."""

import json

import pytest

from improvement.redacting.values import rewritten, rewritten_text, texts_of


def put(text):
    return text.replace("Qxzzy", "gone")


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ("Qxzzy", "gone"),
        ({"Qxzzy": ["Qxzzy", 4, None, {"a": "b Qxzzy"}]}, {"gone": ["gone", 4, None, {"a": "b gone"}]}),
        ({"Qxzzy": 1, "gone": 2}, {"gone (2)": 1, "gone": 2}),
        ({"title": "title"}, {"title": "title"}),
        ((True, 1.5, "Qxzzy"), (True, 1.5, "gone")),
    ],
)
def test_every_string_is_seen(value, left):
    assert rewritten(value, put) == left


def test_what_the_program_calls_things_stays():
    assert rewritten({"Qxzzy": "Qxzzy", "a": "Qxzzy."}, put, kept={"Qxzzy"}) == {
        "Qxzzy": "Qxzzy",
        "a": "gone.",
    }
    assert rewritten({"Qxzzy": "Qxzzy"}, put, names=False) == {"Qxzzy": "gone"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Qxzzy", "gone"),
        ('[{"changed": "Zo\\u00eb\\nQxzzy"}]', '[{"changed": "Zo\\u00eb\\ngone"}]'),
        ('{"é": "Qxzzy"}', '{"é": "gone"}'),
        ("[Qxzzy] is no JSON", "[gone] is no JSON"),
        ('{"a":"b"}', '{"a":"b"}'),
    ],
)
def test_a_text_that_is_json_is_seen_as_it_is_meant(text, left):
    assert rewritten_text(text, put) == left


def test_the_texts_of_a_value():
    assert list(texts_of(json.loads('{"a": ["b", 1, {"c": "d"}]}'))) == ["a", "b", "c", "d"]
