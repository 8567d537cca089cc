"""Figures as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.figures import Figure, figure_of, read_figure


def d(words):
    return Decimal(words).quantize(Decimal("0.0001"))


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("52", Figure(d("52"))),
        (" 1,204 ", Figure(d("1204"))),
        ("61.25", Figure(d("61.25"), places=2)),
        ("52%", Figure(d("52"), is_percent=True)),
        ("52.5 %", Figure(d("52.5"), is_percent=True, places=1)),
        ("52 per cent", Figure(d("52"), is_percent=True)),
        ("-3", Figure(d("-3"))),
        ("−3.5", Figure(d("-3.5"), places=1)),
        ("0", Figure(d("0"))),
        ("12 days", Figure(d("12"))),
        ("39/40", Figure(None, Decimal(39), Decimal(40))),
        ("39 of 40", Figure(None, Decimal(39), Decimal(40))),
        ("39 out of 40 (97.5%)", Figure(None, Decimal(39), Decimal(40))),
    ],
)
def test_a_figure(words, figure):
    assert read_figure(words) == figure


@pytest.mark.parametrize("words", ["", " ", "-", "–", "n/a", "N/A", "no data", "..", "TBC"])
def test_no_figure(words):
    assert read_figure(words) is None


@pytest.mark.parametrize(
    "words", ["about 50", "12 and 13", "1,2,3", "39/", "5 June", "1.2.3", "££", "9" * 20]
)
def test_words_that_are_no_figure_say_what_to_do(words):
    with pytest.raises(ValueError, match=r"is not a number\. Write a figure, such as 52 or 39/40"):
        read_figure(words)


@pytest.mark.parametrize("words", ["<5", "fewer than 5", "*", "[c]"])
def test_a_number_hidden_elsewhere_is_no_figure(words):
    with pytest.raises(ValueError, match="hidden small number"):
        read_figure(words)


@pytest.mark.parametrize(
    ("value", "text", "figure"),
    [
        (451, "451", Figure(d("451"))),
        (0.5234, "52%", Figure(d("52.34"), is_percent=True)),
        (0.5, "50.0%", Figure(d("50"), is_percent=True)),
        (61.256, "61.3", Figure(d("61.256"), places=1)),
        ("39/40", "39/40", Figure(None, Decimal(39), Decimal(40))),
    ],
)
def test_a_cell_keeps_more_than_it_shows(value, text, figure):
    assert figure_of(value, text) == figure


def test_a_number_beyond_all_measure_is_refused():
    with pytest.raises(ValueError, match="is not a number"):
        figure_of(1e300, "1E+300")


@given(st.decimals(-(10**9), 10**9, places=2))
def test_every_number_is_read_back(number):
    assert read_figure(f"{number:,}").value == number


@given(st.text(max_size=80))
def test_any_words_are_a_figure_none_or_a_sentence(words):
    figure = said = None
    try:
        figure = read_figure(words)
    except ValueError as error:
        said = str(error)
    assert figure is None or isinstance(figure, Figure)
    assert said is None or "Write" in said
