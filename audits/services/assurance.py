"""The register of assurance products and their reviews."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from audits.frequency import next_due
from audits.models import AssuranceProduct, Finding, Review
from plans.models import Action, Board, Decision, Import, User
from plans.services.history import save
from plans.services.progress import dated


@transaction.atomic
def add_product(board: Board, name: str, *, by: User | None, reason: str = "", **fields) -> AssuranceProduct:
    """A product at the end of the board's register; `fields` are its columns. Raises ValidationError."""
    last = board.assurance_products.aggregate(last=Max("position"))["last"]
    fields.setdefault("position", 0 if last is None else last + 1)
    product = AssuranceProduct(board=board)
    edit_product(product, by=by, reason=reason, name=name, **fields)
    return product


@transaction.atomic
def edit_product(product: AssuranceProduct, *, by: User | None, reason: str = "", **fields) -> None:
    """Changes columns of a product. Raises ValidationError."""
    for name, value in fields.items():
        setattr(product, name, value.strip() if isinstance(value, str) else value)
    if product.lead is not None and product.lead.board_id != product.board_id:
        raise ValidationError({"lead": "Choose a lead of this board."})
    save(product, by=by, reason=reason)


def close_product(product: AssuranceProduct, *, by: User | None, reason: str = "") -> None:
    """No longer used from today: it leaves the register, and its reviews stay."""
    edit_product(product, by=by, reason=reason, closed_on=timezone.localdate())


def reopen_product(product: AssuranceProduct, *, by: User | None) -> None:
    edit_product(product, by=by, closed_on=None)


@transaction.atomic
def record_review(
    product: AssuranceProduct,
    *,
    by: User | None,
    learnt: str,
    who: str = "",
    led_to: str = "",
    on: date | None = None,
    action: Action | None = None,
    finding: Finding | None = None,
    decision: Decision | None = None,
    due_next: date | None = None,
    imported_by: Import | None = None,
) -> Review:
    """A look at a product on a day (today); it is due next as given, or by how often it is reviewed.

    Raises ValidationError.
    """
    _check_of_board(product, action, finding, decision)
    review = Review(
        product=product,
        who=" ".join(who.split()),
        learnt=learnt.strip(),
        led_to=led_to.strip(),
        action=action,
        finding=finding,
        decision=decision,
        **dated(by=by, on=on, imported_by=imported_by),
    )
    save(review, by=by)
    newest = not product.reviews.standing().filter(on__gt=review.on).exists()
    due = due_next or next_due(product.frequency, review.on)
    if newest and (due or product.next_due):
        edit_product(product, by=by, next_due=due, reason="Reviewed")
    return review


def _check_of_board(
    product: AssuranceProduct, action: Action | None, finding: Finding | None, decision: Decision | None
) -> None:
    boards = {
        "action": action and action.plan.board_id,
        "finding": finding and finding.audit.board_id,
        "decision": decision and decision.meeting.board_id,
    }
    for name, board in boards.items():
        if board and board != product.board_id:
            raise ValidationError({name: f"Choose {'an' if name == 'action' else 'a'} {name} of this board."})


@transaction.atomic
def withdraw_review(review: Review, *, by: User | None) -> None:
    """Takes back a review recorded by mistake; the product is due next by the one before."""
    review.withdrawn_at = review.withdrawn_at or timezone.now()
    save(review, by=by, reason="Taken back")
    product = review.product
    last = product.reviews.standing().order_by("-on", "-id").first()
    due = next_due(product.frequency, last.on) if last else None
    edit_product(
        product, by=by, next_due=due or (None if last else review.on), reason="A review was taken back"
    )
