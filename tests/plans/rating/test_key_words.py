import pytest

from plans.rating import DEFAULT_KEY, KeyEntry
from plans.rating.key_words import good_word, sentence_word, short_key, weak_words, word_of, worst_first

OTHER = (
    KeyEntry("complete", "green", "Green", "Completed."),
    KeyEntry("on_track", "amber", "Amber", "On track"),
    KeyEntry("off_track", "red", "RAG 1", ""),
)


def test_the_usual_key_in_sentences():
    assert (good_word(DEFAULT_KEY), weak_words(DEFAULT_KEY)) == ("green", "amber and red")


def test_a_key_of_its_own_in_sentences():
    assert (good_word(OTHER), weak_words(OTHER)) == ("amber", "RAG 1")
    assert short_key(OTHER) == "Green: Completed. Amber: On track."


def test_a_key_from_worst_to_best():
    paused = KeyEntry("paused", "purple", "Paused", "Waits")
    assert [entry.word for entry in worst_first((paused, *DEFAULT_KEY))] == [
        "Red",
        "Amber",
        "Green",
        "Blue",
        "Paused",
    ]


def test_a_key_without_those_ratings():
    only = (KeyEntry("carried-over", "purple", "Purple", "Carried over"),)
    assert (good_word(only), weak_words(only)) == ("right", "a rating that is off track")


def test_a_long_key_does_not_stand_under_the_ratings():
    assert short_key((KeyEntry("complete", "blue", "Blue", "Long " * 40),)) == ""


@pytest.mark.parametrize(("word", "said"), [("Green", "green"), ("On Track", "on track"), ("RAG 1", "RAG 1")])
def test_a_word_inside_a_sentence(word, said):
    assert sentence_word(word) == said


def test_a_code_that_the_key_does_not_know():
    assert (word_of(OTHER, "on_track"), word_of(OTHER, "slippage")) == ("Amber", "Not rated")
