"""Words of a sheet that stand beside its cells: comments, text boxes, addresses of links."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from .book import Extra, ExtraKind, Limits, Sheet, column_letter, column_number
from .package import Package, Relation, SheetPart, is_small, local_name, read_xml, relations
from .sheetxml import SheetXml
from .texts import decoded, tidy

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
THREADED = re.compile(r"\A\[Threaded comment\].*?Comment:\s*", re.DOTALL)


def position(reference: str) -> tuple[int, int]:
    """Row and column of "B7" (or of where "B7:C9" starts); (1, 1) when it can't be told."""
    match = REFERENCE.match(reference)
    return (int(match[2]), column_number(match[1])) if match else (1, 1)


def add_extras(sheet: Sheet, part: SheetPart, cut: SheetXml, package: Package, limits: Limits) -> list[str]:
    """Adds what stands beside the cells to the sheet; the remarks say what could not be read."""
    remarks: list[str] = []
    related = list(relations(package.archive, part.path, limits))
    _add_formulas(sheet, cut, remarks)
    _add_links(sheet, cut, {relation.id: relation for relation in related})
    for relation in related:
        if relation.kind not in ("comments", "drawing"):
            continue
        if not is_small(package.archive, relation.target):
            remarks.append(f"The {relation.kind} of sheet “{sheet.title}” can't be read and are left out.")
            continue
        root = read_xml(package.archive, relation.target, limits)
        if relation.kind == "comments":
            sheet.extras.extend(_comments(root))
        else:
            sheet.extras.extend(_text_boxes(root))
            if any(local_name(element) == "pic" for element in root.iter()):
                remarks.append(f"Sheet “{sheet.title}” has pictures; words in a picture can't be read.")
    return remarks


def _add_formulas(sheet: Sheet, cut: SheetXml, remarks: list[str]) -> None:
    for reference, formula in cut.formulas:
        row, column = position(reference)
        reason = "a formula without a saved value"
        sheet.extras.append(Extra(row, column, ExtraKind.FORMULA, tidy(formula), reason))
    if cut.formulas:
        places = [reference for reference, _ in cut.formulas]
        remarks.append(
            f"Sheet “{sheet.title}” has formulas without a saved value in {listed(places)}. Open the "
            "workbook in Excel, save it and upload it again to have them read."
        )


def _add_links(sheet: Sheet, cut: SheetXml, related: dict[str, Relation]) -> None:
    for reference, relation_id, location in cut.links:
        relation = related.get(relation_id)
        target = tidy(relation.target if relation and relation.external else "")
        row, column = position(reference)
        address = f"{target}#{tidy(location)}" if target and location else target
        if address and address.removeprefix("mailto:") not in sheet.text(row, column):
            reason = f"the address of the link in {column_letter(column)}{row}"
            sheet.extras.append(Extra(row, column, ExtraKind.LINK, address, reason))


def _comments(root: Element) -> Iterator[Extra]:
    for element in root.iter():
        if local_name(element) != "comment":
            continue
        row, column = position(element.get("ref", ""))
        text = "".join(part.text or "" for part in element.iter() if local_name(part) == "t")
        text = tidy(THREADED.sub("", decoded(text)))
        if text:
            reason = f"a comment on {column_letter(column)}{row}"
            yield Extra(row, column, ExtraKind.COMMENT, text, reason)


def _text_boxes(root: Element) -> Iterator[Extra]:
    for anchor in root:
        text = tidy("\n".join(_paragraphs(anchor)))
        start = next((element for element in anchor if local_name(element) == "from"), None)
        row, column = _anchored(start)
        if text:
            yield Extra(row, column, ExtraKind.TEXT_BOX, text, "a text box lying over the sheet")


def _paragraphs(element: Element) -> Iterator[str]:
    """The paragraphs of a drawing; its fallback for old programs would repeat them."""
    for child in element:
        if local_name(child) == "p":
            yield "".join(part.text or "" for part in child.iter() if local_name(part) == "t")
        elif local_name(child) != "Fallback":
            yield from _paragraphs(child)


def _anchored(start: Element | None) -> tuple[int, int]:
    found = {local_name(element): element.text or "" for element in (start if start is not None else ())}
    row, column = found.get("row", "0"), found.get("col", "0")
    return (int(row) + 1, int(column) + 1) if row.isdigit() and column.isdigit() else (1, 1)


def listed(places: list[str], most: int = 5) -> str:
    """A1, B2, C3 and 4 more."""
    if len(places) <= most:
        return ", ".join(places)
    return f"{', '.join(places[:most])} and {len(places) - most} more"
