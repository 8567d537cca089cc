"""What makes a password easy to guess here, however long it is: the words of the place and its work."""

import re

from django.core.exceptions import ValidationError

from plans.models import User

USUAL = ("password", "passphrase", "welcome", "letmein", "secret", "qwerty", "changeme", "admin")
USUAL += (
    "improvement",
    "improving",
    "children",
    "child",
    "family",
    "families",
    "safeguarding",
    "social",
    "care",
)
USUAL += ("council", "borough", "county", "city", "district", "ofsted", "inspection", "service", "services")
USUAL += ("board", "plan", "plans", "action", "actions", "director", "chair", "partnership", "trust")
NOT_LETTERS = re.compile(r"[^a-z]+")
SHORTEST_WORD = 4
# What has to be left of it when the words of the place are taken out.
FEWEST_LETTERS = 5
REFUSED = (
    "This password is made of words that are easy to guess here. Choose other words, or add some of your own."
)


class PlaceWordsValidator:
    """Refuses a password that is little more than such words and the names of the person's boards."""

    def validate(self, password: str, user: User | None = None) -> None:
        letters = NOT_LETTERS.sub("", password.lower())
        left = letters
        for word in sorted({*USUAL, *words_of_boards(user)}, key=len, reverse=True):
            left = left.replace(word, "")
        if left != letters and len(left) < FEWEST_LETTERS:
            raise ValidationError(REFUSED, code="place_words")

    def get_help_text(self) -> str:
        return "Make it of more than the names of your council, your board or their work."


def words_of_boards(user: User | None) -> set[str]:
    """The words in the names of the boards that the person is on."""
    if user is None or user.pk is None:
        return set()
    named = user.memberships.values_list("board__council", "board__name", "board__slug")
    words = NOT_LETTERS.split(" ".join(" ".join(names) for names in named).lower())
    return {word for word in words if len(word) >= SHORTEST_WORD}
