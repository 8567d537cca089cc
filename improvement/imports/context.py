"""What the pages of an import show: while it waits to be applied, and afterwards."""

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from improvement.imports.audits import register_context, results_context
from improvement.imports.front import front_after, front_now
from improvement.imports.impact import done_words, impact_context, many
from improvement.imports.page import (
    MEANINGS,
    ColumnRow,
    Rows,
    Tally,
    column_rows,
    key_rows,
    moves_into_past,
    ordered,
    tally,
    tally_done,
    unrated_words,
)
from improvement.imports.sheets import (
    SheetTaken,
    all_not_understood,
    all_problems,
    count_cells,
    sheets_taken,
)
from improvement.imports.workbooks import fingerprint
from plans.imports.reader import PlanPreview
from plans.imports.undo_rows import KEPT, REFUSED, REVERSED, counted, gone_beside
from plans.imports.undoing import Undoing
from plans.models import Import, ImportState
from plans.rating import DEFAULT_KEY
from plans.spreadsheets.vocabulary import FIELDS
from plans.templatetags.components import short_moment

ROWS = 100
# Fewer dates than these may well go back: more look like a workbook of long ago.
MANY_BACK = 5


def waiting_context(imported: Import, previews: Mapping, page: str | None) -> dict:
    preview, sheets = previews["plan"], sheets_taken(previews)
    reading = preview.reading
    shown = Paginator(ordered(preview.comparisons), ROWS).get_page(page)
    key = [rating.entry for rating in preview.plan.key.all()] if preview.plan else reading.key or DEFAULT_KEY
    columns = column_rows(preview)
    troubled = {(one.proposal.row.sheet, one.proposal.row.row) for one in preview.comparisons if one.trouble}
    into_past = moves_into_past(preview, timezone.localdate())
    rows = Rows(shown.object_list, preview.decisions, {entry.code: entry for entry in key})
    return {
        **_headings(preview, columns, rows, sheets),
        **impact_context(previews),
        **register_context(previews),
        **results_context(previews),
        **_cells(imported, previews),
        "preview": preview,
        "front": front_after(preview, imported.board),
        "seen": fingerprint(previews),
        "sheets": sheets,
        "counts": preview.counts,
        "tally": tally(preview),
        "into_past": into_past if into_past >= MANY_BACK else 0,
        "areas": len({one.proposal.path[:1] for one in preview.comparisons} - {()}),
        "page": shown,
        "pages": list(shown.paginator.get_elided_page_range(shown.number, on_each_side=2, on_ends=1)),
        "rows": rows,
        "columns": columns,
        "fields": FIELDS,
        "key_rows": key_rows(preview),
        "key_added": _key_added(preview),
        "unrated_words": unrated_words(preview),
        "has_rows": any(each.comparisons for each in previews.values()),
        "problems": [each for each in all_problems(previews) if (each.sheet, each.row) not in troubled],
        "missing": preview.missing[:ROWS],
    }


def _cells(imported: Import, previews: Mapping) -> dict:
    """Where every filled cell went, and those not understood; some of these are beside the filled ones."""
    lost = all_not_understood(previews)
    cells = [cell for cell in lost if not cell.furniture]
    filled, placed = count_cells(previews)
    furniture = len(lost) - len(cells)
    n_lost = filled - placed - furniture
    return {
        **_lost(imported, len(cells)),
        "filled": filled,
        "placed": placed,
        "furniture": furniture,
        "cells": cells[:ROWS],
        "n_cells": len(cells),
        "n_lost": n_lost,
        "n_beside": len(cells) - n_lost,
    }


def _headings(
    preview: PlanPreview, columns: list[ColumnRow], rows: Rows, sheets: list[SheetTaken]
) -> dict[str, str]:
    """The headings of the page's sections, with their numbers."""
    check = sum(not column.reading.sure for column in columns)
    read = sum(sheet.kind != "none" for sheet in sheets)
    others = len(sheets) - read
    troubles = sum(bool(one.trouble) for one in preview.comparisons)
    return {
        "columns_heading": f"Columns: {len(columns) - check} sure" + (f", {check} to check" if check else ""),
        "sheets_heading": f"Sheets: {read} read" + (f", {others} with nothing to take" if others else ""),
        "trouble_heading": f"In trouble: {many(troubles, 'row')}, left out unless you mend it"
        if troubles
        else "Please look at these rows",
        "ratings_heading": f"{_updates_words(rows)} proposed",
        "moves_heading": _moves_words(rows),
        "unchanged_heading": many(len(rows.unchanged), "unchanged action"),
        "missing_heading": f"On the board but not in the file: {many(len(preview.missing), 'action')}",
    }


def _updates_words(rows: Rows) -> str:
    rating = sum(row["one"].rates for row in rows.updates)
    return Tally(ratings=rating, notes=len(rows.updates) - rating).updates


def _moves_words(rows: Rows) -> str:
    news = sum(row["one"].move_is_news for row in rows.moves)
    rest = len(rows.moves) - news
    return f"{many(news, 'date move')} proposed" + (f", {rest} left alone" if rest else "")


def _lost(imported: Import, number: int) -> dict[str, str]:
    return {
        "lost_heading": f"Not understood: {many(number, 'cell')}, kept with the import"
        if number
        else "Not understood: nothing",
        "cells_url": reverse("import_cells", args=[imported.board.slug, imported.pk]),
    }


def _key_added(preview: PlanPreview) -> list[str]:
    """Ratings that the file gives and the plan's key lacks: applying adds them to it."""
    if preview.plan is None:
        return []
    own = {rating.code for rating in preview.plan.key.all()}
    given = dict.fromkeys(one.proposal.rating for one in preview.comparisons if one.proposal.rating)
    return [MEANINGS.get(code, code.replace("-", " ").capitalize()) for code in given if code not in own]


def done_context(imported: Import, page: str | None = None) -> dict:
    undo = imported.undo.get("plan", {})
    cells = [cell for cell in imported.not_understood if not cell["furniture"]]
    return {
        **_lost(imported, len(cells)),
        "facts": _facts(imported),
        "front": front_now(imported),
        "undo": undo,
        "done_beside": done_words(imported),
        "done": tally_done(undo),
        "cells": cells[:ROWS],
        "outcomes": counted(imported.undo_report),
        "gone_beside": gone_beside(undo, imported.undo_report),
        "report": Paginator(_worst_first(imported.undo_report), ROWS).get_page(page),
        "can_undo": imported.state == ImportState.APPLIED,
    }


def undo_context(imported: Import) -> dict:
    """What would really go, and how many new actions would stay since somebody has worked on them."""
    if "plan" not in imported.undo:
        return {}
    undoing = Undoing(imported, imported.undo["plan"], by=None)
    undoing.judge()
    done = tally_done(undoing.taken_back)
    return {"done": done, "staying": len(undoing.created) - done.new}


def _worst_first(report: list[dict]) -> list[dict]:
    return sorted(report, key=lambda row: (REFUSED, KEPT, REVERSED).index(row["outcome"]))


def _facts(imported: Import) -> list[tuple[str, str]]:
    counts = imported.summary.get("plan", {})
    moments = (("Uploaded", imported.uploaded_at, imported.by), ("Applied", imported.applied_at, imported.by))
    undone = (("Taken back", imported.undone_at, imported.undone_by),)
    facts = [
        (label, format_html("{}, {}", person or "The command line", short_moment(moment)))
        for label, moment, person in (*moments, *undone)
        if moment
    ]
    facts.append(("Workbook", f"{imported.filename}, {filesizeformat(imported.size)}"))
    if counts and "plan" in imported.undo:
        facts.append(
            ("Rows", f"{counts['new']} new, {counts['changed']} changed, {counts['unchanged']} unchanged")
        )
        facts.append(("Not in the file", many(counts["missing"], "action")))
    if imported.plan_title:
        facts.insert(0, ("Plan", imported.plan_title))
    return facts
