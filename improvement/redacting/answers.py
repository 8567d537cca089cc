"""Answers to checks stand as long as what the check saw is the same, which they know by a digest.

Where a check saw a text that held the words, its digest follows the text: the answer stands on, and nothing
is kept from which the words could be guessed.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product

from django.db.models import Model

from impact.models import Measure
from improvement.checks import BY_NAME, ActionSeen
from improvement.redacting.rows import Changed
from plans.models import CheckAnswer, Lead, ProgressUpdate
from plans.rating import Meaning

WORDS, LEFT, CONCERN = "words_against_rating", "lead_left", "better_in_concern"


def follow_texts(model: type[Model], changed: Iterable[Changed]) -> None:
    """Gives answers the digests of the texts as they are now."""
    seen = {ProgressUpdate: _updates, Lead: _leads}.get(model)
    for row in changed if seen else ():
        for answers, before, after in seen(row):
            _follow(answers, before, after)
    if model is Measure:
        _forget([row.pk for row in changed if "name" in row.new])


def _follow(answers, before: ActionSeen, after: ActionSeen) -> None:
    for answer in answers:
        check = BY_NAME[answer.check_name]
        if answer.basis == check.basis(before):
            CheckAnswer.objects.filter(pk=answer.pk).update(basis=check.basis(after))


def _updates(row: Changed) -> Iterator[tuple]:
    if "happened" not in row.new:
        return
    rating = ProgressUpdate.objects.values_list("rating", flat=True).get(pk=row.pk)
    answers = CheckAnswer.objects.filter(action__updates=row.pk, check_name=WORDS)
    yield answers, *(_seen(rating=rating, happened=side["happened"]) for side in (row.old, row.new))


def _leads(row: Changed) -> Iterator[tuple]:
    if "name" not in row.new:
        return
    answers = CheckAnswer.objects.filter(action__action_leads__lead=row.pk, check_name=LEFT)
    for rating, left in product((Meaning.ON_TRACK, Meaning.COMPLETE), (True, False)):
        told = {"rating": rating, "lead_pk": row.pk, "lead_left": left}
        yield answers, *(_seen(lead=side["name"], **told) for side in (row.old, row.new))


def _seen(**told) -> ActionSeen:
    return ActionSeen(pk=0, day=date.min, **told)


def _forget(measures: list[int]) -> None:
    """Their names were seen with others': such a question is asked again."""
    answers = CheckAnswer.objects.filter(check_name=CONCERN, action__measure_links__measure__in=measures)
    CheckAnswer.objects.filter(pk__in=list(answers.values_list("pk", flat=True))).update(basis="")
