"""The sheet reader of narratives: what it claims, what would change, apply and undo."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from impact.imports.outcomes import Outcome
from impact.imports.places import Places, areas_by_key, day_of, places_for
from impact.models import Narrative, NarrativeStatus
from impact.months import month_of
from impact.sheets.narratives import read_narratives
from impact.sheets.results import NarrativeRow, Reading
from plans.dates import Period
from plans.imports.reader import PlanPreview
from plans.models import Area, Board, Import, Plan, User
from plans.services.history import create_all, update_all
from plans.spreadsheets.book import Workbook
from plans.spreadsheets.matching import collapsed
from plans.spreadsheets.results import NotUnderstood, Problem

LEAVE_OUT = "out"
CHANGED = (
    "Somebody has changed the narratives while the import was being applied. Nothing was written: "
    "check the import again, then apply it."
)

MISSING = "its area comes with rows that are left out. Take these rows, or leave the narrative out."


@dataclass
class NarrativeComparison:
    """One narrative of the workbook; `area` is a key of the places, "" where none was found."""

    row: NarrativeRow
    area: str
    is_left_out: bool
    before: Narrative | None = None
    is_new: bool = True
    trouble: str = ""

    @property
    def key(self) -> str:
        return f"{self.row.sheet}!{self.row.row}"

    @property
    def status(self) -> str:
        return "new" if self.is_new else "unchanged"


@dataclass
class NarrativePreview:
    """What a workbook's narratives would do; nothing is written. `on` is the last day of their period."""

    reading: Reading
    comparisons: list[NarrativeComparison]
    places: Places
    period: Period
    on: date

    @property
    def taken(self) -> list[NarrativeComparison]:
        return [one for one in self.comparisons if not one.trouble and not one.is_left_out]

    @property
    def counts(self) -> dict[str, int]:
        return {
            "new": sum(one.is_new for one in self.taken),
            "unchanged": sum(not one.is_new for one in self.taken),
            "left_out": len(self.comparisons) - len(self.taken),
        }

    @property
    def has_rows(self) -> bool:
        return bool(self.taken)

    @property
    def problems(self) -> list[Problem]:
        return self.reading.problems

    @property
    def not_understood(self) -> list[NotUnderstood]:
        return self.reading.not_understood

    @property
    def unresolved(self) -> list[NarrativeComparison]:
        """Narratives in trouble about which nobody has decided."""
        return [one for one in self.comparisons if one.trouble and not one.is_left_out]

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever what would be written does."""
        rows = [
            (
                one.row.sheet,
                one.row.row,
                one.row.done,
                one.row.so_what,
                one.status,
                one.before and one.before.pk,
            )
            for one in self.comparisons
        ]
        return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]

    def left_out_cells(self) -> list[NotUnderstood]:
        """The words of narratives that were left out, so that they are still with the import."""
        return [
            NotUnderstood(
                one.row.sheet,
                one.row.row,
                "",
                "\n".join(part for part in (one.row.area, one.row.done, one.row.so_what) if part),
                "This narrative is left out.",
            )
            for one in self.comparisons
            if one not in self.taken
        ]


class NarrativeReader:
    """Reads what was done and so what, area by area. `name` keys its part of an import."""

    name = "narratives"

    def claims(self, workbook: Workbook, *, today: date) -> Reading:
        return read_narratives(workbook)

    def preview(
        self, reading: Reading, board: Board, choices: Mapping, *, today: date, beside: Mapping
    ) -> NarrativePreview:
        """Compares narratives with the board; `beside` holds the plan's own preview."""
        plan: PlanPreview = beside["plan"]
        places = places_for(board, plan, [row.area for row in reading.narratives])
        chosen = dict(choices.get("narrative_areas") or {})
        on = day_of(choices, plan, places.plan, today)
        period = places.plan.period if places.plan else plan.reading.title_period
        return NarrativePreview(reading, _compare(reading, places, chosen), places, period, on)

    @transaction.atomic
    def apply(self, preview: NarrativePreview, imported: Import, *, by: User | None) -> dict:
        """Publishes the new narratives; returns what undoing needs. Raises ValidationError."""
        chosen = {one.key: LEAVE_OUT if one.is_left_out else one.area for one in preview.comparisons}
        fresh = _compare(preview.reading, preview.places, chosen)
        if replace(preview, comparisons=fresh).fingerprint != preview.fingerprint:
            raise ValidationError(CHANGED)
        imported.plan = imported.plan or (preview.places.plan if preview.taken else None)
        areas = areas_by_key(imported.plan)
        new = [one for one in preview.taken if one.is_new]
        for one in new:
            if one.area not in areas:
                raise ValidationError(f"“{one.row.sheet}”, row {one.row.row}: {MISSING}")
        rows = [_build(one, areas[one.area], preview, imported, by=by) for one in new]
        create_all(rows, by=by, reason=f"import {imported.pk}")
        return {
            "narratives": [
                {"id": row.pk, "sheet": one.row.sheet, "row": one.row.row}
                for row, one in zip(rows, new, strict=True)
            ]
        }

    @transaction.atomic
    def undo(self, imported: Import, undo: dict, *, by: User | None) -> list[dict]:
        """Takes the narratives back; each one's outcome as JSON."""
        ids = [entry["id"] for entry in undo["narratives"]]
        rows = Narrative.objects.select_related("area").in_bulk(ids)
        going, outcomes = [], []
        for entry in undo["narratives"]:
            row = rows.get(entry["id"])
            title = f"Narrative of {row.area}" if row else "A narrative no longer there"
            outcome = Outcome(entry["sheet"], entry["row"], title, narrative=entry["id"])
            outcomes.append(outcome)
            if row is not None and _is_untouched(row, outcome):
                row.withdrawn_at = timezone.now()
                going.append(row)
            elif row is None:
                outcome.refuse("It is no longer there.")
        update_all(going, ["withdrawn_at"], by=by, reason=f"import {imported.pk} taken back")
        return [outcome.as_json() for outcome in outcomes]


def areas_held(plan: Plan | None) -> set[int]:
    """The ids of the plan's areas that have a narrative, and so must stay."""
    rows = Narrative.objects.standing().filter(area__plan=plan)
    return set(rows.values_list("area", flat=True)) if plan else set()


def _compare(reading: Reading, places: Places, chosen: Mapping[str, str]) -> list[NarrativeComparison]:
    found = []
    for row in reading.narratives:
        answer = chosen.get(f"{row.sheet}!{row.row}", "")
        area = answer if answer in places.names else places.find(row.area)
        found.append(NarrativeComparison(row, area, answer == LEAVE_OUT))
    times = Counter(one.area for one in found if one.area and not one.is_left_out)
    standing = _standing(places.plan if found else None)
    for one in found:
        one.trouble = _trouble(one, times, places)
        texts = _texts(one.row.done, one.row.so_what)
        there = standing.get(one.area, [])
        one.before = there[0] if there else None
        one.is_new = all(_texts(each.done, each.so_what) != texts for each in there)
    return found


def _trouble(one: NarrativeComparison, times: Mapping[str, int], places: Places) -> str:
    if not one.area:
        where = "the plan" if places.names else "a plan, and there is none yet"
        return f"“{one.row.area}” is no area of {where}. Choose its area, or leave the narrative out."
    if times[one.area] > 1 and not one.is_left_out:
        return f"Several narratives are for “{places.names[one.area]}”. Keep one, and leave the others out."
    return ""


def _standing(plan: Plan | None) -> dict[str, list[Narrative]]:
    """The narratives of each area, the newest first, by the keys of the places."""
    found: dict[str, list[Narrative]] = {}
    if plan is None:
        return found
    rows = Narrative.objects.standing().filter(area__plan=plan).order_by("-ends", "-id")
    by_area: dict[int, list[Narrative]] = {}
    for row in rows:
        by_area.setdefault(row.area_id, []).append(row)
    return {key: by_area[area.pk] for key, area in areas_by_key(plan).items() if area.pk in by_area}


def _texts(done: str, so_what: str) -> tuple[str, str]:
    return collapsed(done), collapsed(so_what)


def _build(
    one: NarrativeComparison, area: Area, preview: NarrativePreview, imported: Import, *, by
) -> Narrative:
    starts, ends = _period(one.before, preview)
    return Narrative(
        area=area,
        starts=starts,
        ends=ends,
        done=one.row.done,
        so_what=one.row.so_what,
        status=NarrativeStatus.PUBLISHED,
        published_on=preview.on,
        published_by=by,
        by=by,
        imported_by=imported,
    )


def _period(before: Narrative | None, preview: NarrativePreview) -> tuple[date, date]:
    """From the day after the one before, else from the plan's first day, up to the import's day."""
    ends = preview.on
    starts = (
        preview.period.starts if preview.period.starts and preview.period.starts <= ends else month_of(ends)
    )
    if before is not None and before.ends < ends:
        starts = before.ends + timedelta(days=1)
    return starts, ends


def _is_untouched(row: Narrative, outcome: Outcome) -> bool:
    if row.withdrawn_at:
        outcome.keep("It had been taken back before.")
    elif row.history.count() > 1:
        outcome.keep("Kept, because it was edited since.")
    elif row.measure_links.exists() or row.evidence_links.exists():
        outcome.keep("Kept, because measures or evidence were added to it since.")
    else:
        return True
    return False
