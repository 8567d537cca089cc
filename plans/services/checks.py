"""Answers to what a check asks: "accepted because ...", standing until what it saw changes."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from plans.models import Action, CheckAnswer, Recommendation, User
from plans.services.history import add
from plans.services.progress import dated


@transaction.atomic
def answer_check(
    about: Action | Recommendation,
    *,
    by: User,
    check_name: str,
    basis: str,
    question: str,
    reason: str,
    on: date | None = None,
) -> CheckAnswer:
    """Accepts what a check found: `basis` and `question` are the finding's. Counts from `on`, else today.

    Raises ValidationError, also where it is answered already.
    """
    if isinstance(about, Action) and about.withdrawn_on:
        raise ValidationError("This action is withdrawn, so nothing is asked about it.")
    if answers_of(about).filter(basis=basis).exists():
        raise ValidationError("This has been answered meanwhile. That answer stands.")
    answer = CheckAnswer(
        **{about._meta.model_name: about},
        check_name=check_name,
        basis=basis,
        question=question,
        reason=reason.strip(),
        **dated(by=by, on=on),
    )
    add(answer)
    return answer


@transaction.atomic
def withdraw_answer(answer: CheckAnswer, *, by: User) -> None:
    """Takes an answer back: it stays in history, and the question is asked again. Raises ValidationError."""
    if answer.withdrawn_at:
        raise ValidationError("This answer has been taken back already.")
    answer.withdrawn_at, answer.withdrawn_by = timezone.now(), by
    answer.full_clean()
    answer.save()


def answers_of(about: Action | Recommendation):
    return CheckAnswer.objects.standing().filter(**{about._meta.model_name: about})
