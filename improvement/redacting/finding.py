"""Where words stand, before anything is changed: in rows by board and place, in files and in packs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from improvement.backups.tables import every_model
from improvement.redacting.columns import Column, columns_of
from improvement.redacting.files import FileFound, files_found
from improvement.redacting.forgotten import sessions_found
from improvement.redacting.packs import bundles_found, packs_found
from improvement.redacting.rows import Changed, boards_of, changed_rows, rows_of
from improvement.redacting.values import texts_of
from improvement.redacting.words import CUT, Marks, Words
from plans.models import Board, Pack, User
from plans.wording.phrases import plural

AROUND, MOST_SAID = 60, 20


@dataclass(frozen=True)
class Said:
    """A place in a text, with the words around it."""

    before: str
    words: str
    after: str


@dataclass
class Place:
    """A column in which rows of one board hold the words; `board` is an id, None where it is no board's."""

    name: str
    board: int | None
    rows: int = 0
    said: list[Said] = field(default_factory=list)
    # Places in texts, of which the first are in `said`.
    times: int = 0

    @property
    def more(self) -> int:
        return self.times - len(self.said)

    @property
    def summary(self) -> str:
        return f"{self.name[:1].upper()}{self.name[1:]}: {plural(self.rows, 'row')}"


@dataclass
class Found:
    rows: dict[type[Model], list[Any]] = field(default_factory=dict)
    places: dict[tuple[int | None, str], Place] = field(default_factory=dict)
    files: list[FileFound] = field(default_factory=list)
    packs: list[Pack] = field(default_factory=list)
    bundles: list[int] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    # Accounts that bear the words: they are changed or closed by hand.
    accounts: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.rewritable or self.packs or self.bundles or self.sessions)

    @property
    def rewritable(self) -> list[FileFound]:
        return [each for each in self.files if each.made is not None]

    @property
    def by_hand(self) -> list[FileFound]:
        """Files in which the words were seen and stay."""
        return [each for each in self.files if each.made is None and each.holds]

    @property
    def unread(self) -> list[FileFound]:
        """PDFs and pictures, of which only a part can be looked through."""
        return [each for each in self.files if not each.holds]

    @property
    def by_place(self) -> list[Place]:
        return sorted(self.places.values(), key=lambda each: (each.board or 0, each.name))


def find_words(words: Words, marks: Marks, board: Board | None = None) -> Found:
    """Goes through all that is kept, or through what is one board's and what is no board's."""
    found = Found()
    for model in every_model():
        _find_rows(found, model, words, marks, board)
    found.files = list(files_found(words, marks, board))
    found.packs = list(packs_found(words, marks, board))
    changed = {each.seen for each in found.rewritable}
    found.bundles = list(bundles_found(words, marks, board, changed))
    found.sessions = sessions_found(words)
    found.accounts = sum(
        words.are_in(f"{name} \n {email}") for name, email in User.objects.values_list("name", "email")
    )
    return found


def _find_rows(found: Found, model: type[Model], words: Words, marks: Marks, board: Board | None) -> None:
    changed = list(changed_rows(model, words, marks, rows_of(model, board)))
    if changed:
        found.rows[model] = [each.pk for each in changed]
        add_places(found.places, model, changed, words)


def add_places(
    places: dict[tuple[int | None, str], Place], model: type[Model], changed: Iterable[Changed], words: Words
) -> None:
    """Counts rows by board and column, with the first of the places in their texts."""
    changed = list(changed)
    boards, columns = boards_of(model, (each.pk for each in changed)), columns_of(model)
    for row in changed:
        for column in columns:
            if column.field.name in row.new:
                _add(places, column, boards[row.pk], row.old[column.field.name], words)


def _add(places: dict, column: Column, board: int | None, old: Any, words: Words) -> None:
    place = places.setdefault((board, column.place), Place(column.place, board))
    place.rows += 1
    for text in texts_of(old):
        spans = words.spans(text)
        place.times += len(spans)
        for start, end in spans[: max(MOST_SAID - len(place.said), 0)]:
            place.said.append(said_at(text, start, end))


def said_at(text: str, start: int, end: int) -> Said:
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    cut_before, cut_after = CUT * (start > AROUND), CUT * (end + AROUND < len(text))
    return Said(f"{cut_before}{before}", text[start:end], f"{after}{cut_after}")
