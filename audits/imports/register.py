"""The sheet reader of the assurance register: what it claims, what would change, apply and undo."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction

from audits.imports.previews import Preview
from audits.models import AssuranceProduct
from audits.services.assurance import add_product, edit_product
from audits.sheets.register import ProductRow, RegisterReading, read_register
from plans.imports.undo_rows import KEPT, REFUSED, REVERSED
from plans.models import Board, Import, User
from plans.services.history import remove
from plans.spreadsheets.book import Workbook
from plans.spreadsheets.matching import collapsed, fold

CHANGED = (
    "Somebody has changed the register while the import was being applied. Nothing was written: "
    "check the import again, then apply it."
)
LEFT_OUT = "This product is left out."


@dataclass
class ProductComparison:
    """One product of the workbook against the board's of the same name, None where it is new.

    `changes` are by field what stands and what the workbook says.
    """

    row: ProductRow
    standing: AssuranceProduct | None
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.row.sheet}!{self.row.row}"

    @property
    def status(self) -> str:
        if self.standing is None:
            return "new"
        return "changed" if self.changes else "unchanged"


@dataclass
class RegisterPreview(Preview):
    """What a workbook's register would do; nothing is written."""

    statuses = ("new", "changed", "unchanged")
    left_out_words = LEFT_OUT

    reading: RegisterReading
    comparisons: list[ProductComparison]

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever what would be written does."""
        rows = [(one.key, one.row.name, one.status, sorted(one.changes.items())) for one in self.comparisons]
        return hashlib.sha256(repr((rows, sorted(self.left_out))).encode()).hexdigest()[:16]


class RegisterReader:
    """Reads a register of assurance products. `name` keys its part of an import's summary and undo."""

    name = "register"

    def claims(self, workbook: Workbook, *, today: date) -> RegisterReading:
        return read_register(workbook)

    def preview(
        self, reading: RegisterReading, board: Board, choices: Mapping, *, today: date, beside: Mapping
    ) -> RegisterPreview:
        left_out = set(choices.get("products_left_out") or ())
        return RegisterPreview(reading, _compare(reading, board), left_out)

    @transaction.atomic
    def apply(self, preview: RegisterPreview, imported: Import, *, by: User | None) -> dict:
        """Writes what the preview shows; returns what undoing needs. Raises ValidationError."""
        fresh = _compare(preview.reading, imported.board)
        if replace(preview, comparisons=fresh).fingerprint != preview.fingerprint:
            raise ValidationError(CHANGED)
        written = [_write(one, imported, by=by) for one in preview.taken if one.status != "unchanged"]
        return {"products": written}

    @transaction.atomic
    def undo(self, imported: Import, undo: dict, *, by: User | None) -> list[dict]:
        """Takes the products back; each one's outcome as JSON."""
        products = AssuranceProduct.objects.in_bulk([entry["id"] for entry in undo["products"]])
        reason = f"import {imported.pk} taken back"
        return [_undo(entry, products.get(entry["id"]), reason, by=by) for entry in undo["products"]]


def _compare(reading: RegisterReading, board: Board) -> list[ProductComparison]:
    if not reading.products:
        return []
    standing = {fold(each.name): each for each in AssuranceProduct.objects.filter(board=board).current()}
    return [_comparison(row, standing.get(fold(row.name))) for row in reading.products]


def _comparison(row: ProductRow, standing: AssuranceProduct | None) -> ProductComparison:
    if standing is None:
        return ProductComparison(row, None)
    before = {name: getattr(standing, name) for name in row.texts}
    changes = {
        name: (before[name], words)
        for name, words in row.texts.items()
        if collapsed(before[name]) != collapsed(words)
    }
    return ProductComparison(row, standing, changes)


def _write(one: ProductComparison, imported: Import, *, by: User | None) -> dict:
    reason = f"import {imported.pk}"
    entry = {"sheet": one.row.sheet, "row": one.row.row, "title": one.row.name}
    if one.standing is None:
        product = add_product(imported.board, one.row.name, by=by, reason=reason, **one.row.texts)
        return {"id": product.pk, "created": True, **entry}
    after = {name: words for name, (_, words) in one.changes.items()}
    edit_product(one.standing, by=by, reason=reason, **after)
    before = {name: words for name, (words, _) in one.changes.items()}
    return {"id": one.standing.pk, "before": before, "after": after, **entry}


@dataclass
class _Outcome:
    """As plans' rows of an undo."""

    sheet: str
    row: int
    title: str
    product: int
    outcome: str = REVERSED
    reasons: list[str] = field(default_factory=list)

    def end(self, outcome: str, reason: str) -> None:
        self.outcome = outcome
        self.reasons.append(reason)


def _undo(entry: dict, product: AssuranceProduct | None, reason: str, *, by: User | None) -> dict:
    outcome = _Outcome(entry["sheet"], entry["row"], entry["title"], entry["id"])
    if product is None:
        outcome.end(REFUSED, "It is no longer there.")
    elif entry.get("created"):
        _remove(product, outcome, reason, by=by)
    else:
        _restore(product, entry, outcome, reason, by=by)
    return asdict(outcome)


def _remove(product: AssuranceProduct, outcome: _Outcome, reason: str, *, by: User | None) -> None:
    """A product that the import made goes with it, unless somebody has worked on it."""
    if product.reviews.exists():
        outcome.end(KEPT, "The product stays, because it was reviewed since.")
    elif product.history.count() > 1:
        outcome.end(KEPT, "The product stays, because it was edited since.")
    else:
        remove(product, by=by, reason=reason)


def _restore(
    product: AssuranceProduct, entry: dict, outcome: _Outcome, reason: str, *, by: User | None
) -> None:
    same = [name for name, words in entry["after"].items() if getattr(product, name) == words.strip()]
    if len(same) < len(entry["after"]):
        outcome.end(KEPT, "Some of it was changed since, so the newer words stand.")
    edit_product(product, by=by, reason=reason, **{name: entry["before"][name] for name in same})
