"""Finds the parts of a workbook inside its zip, and gives openpyxl a plain package of the few it needs."""

import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring
from openpyxl import Workbook as PlainWorkbook
from openpyxl import load_workbook

from .book import Limits, UnreadableWorkbook
from .cellxml import read_strings
from .guard import DAMAGED

STRICT = b"http://purl.oclc.org/ooxml/"
STRICT_NAMESPACES = (
    (STRICT + b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (STRICT + b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        STRICT + b"officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
MAX_SMALL_PART = 10_000_000
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGING = "http://schemas.openxmlformats.org/package/2006"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SKELETON = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGING}/content-types">'
    f'<Override PartName="/xl/workbook.xml" ContentType="{WORKBOOK_TYPE}"/></Types>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="Sheet" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGING}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData/></worksheet>',
}
UNUSABLE_XML = (
    "The workbook holds XML that a spreadsheet never needs (a document type or an unusual encoding). "
    "Open it in Excel, save it again as an Excel workbook (.xlsx) and upload the new copy."
)


@dataclass(frozen=True)
class Relation:
    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class SheetPart:
    title: str
    state: str
    path: str


@dataclass
class Package:
    """Where the parts of the workbook lie in the zip; `charts` are the titles of its chart sheets."""

    archive: ZipFile
    sheets: list[SheetPart] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    since_1904: bool = False
    parts: dict[str, str] = field(default_factory=dict)


def local_name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def refuse_unusable(start: bytes) -> None:
    """Raises for a document type (entity bombs, outside files) and for encodings not read here."""
    if (
        start[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
        or b"<!DOCTYPE" in start
        or b"<!ENTITY" in start
    ):
        raise UnreadableWorkbook(UNUSABLE_XML)


def in_usual_namespaces(xml: bytes) -> bytes:
    """The same XML with the names of "Strict Open XML" replaced by those openpyxl knows."""
    if STRICT in xml:
        for strict, usual in STRICT_NAMESPACES:
            xml = xml.replace(strict, usual)
    return xml


def read_part(archive: ZipFile, path: str, limits: Limits, *, max_tags: int | None = None) -> bytes:
    """A part as bytes, within the limits for what is parsed whole."""
    xml = archive.read(path)
    refuse_unusable(xml)
    if xml.count(b"<") > (limits.max_style_tags if max_tags is None else max_tags):
        raise UnreadableWorkbook(
            "The workbook holds far more styles or texts than a plan needs. Copy only the rows of the plan "
            "into a new workbook and upload that."
        )
    return in_usual_namespaces(xml)


def read_xml(archive: ZipFile, path: str, limits: Limits) -> Element:
    return fromstring(read_part(archive, path, limits), forbid_dtd=True)


def relations(archive: ZipFile, path: str, limits: Limits) -> Iterator[Relation]:
    """What the part at `path` points to; nothing when it has no relations."""
    folder, name = posixpath.split(path)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels not in archive.NameToInfo:
        return
    for element in read_xml(archive, rels, limits):
        external = element.get("TargetMode") == "External"
        target = element.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = element.get("Type", "").rpartition("/")[2]
        yield Relation(element.get("Id", ""), kind, target, external)


def open_package(archive: ZipFile, limits: Limits) -> Package:
    """The package with its worksheets in the workbook's order."""
    root = next((r.target for r in relations(archive, "", limits) if r.kind == "officeDocument"), None)
    if root is None or root not in archive.NameToInfo:
        raise UnreadableWorkbook(DAMAGED)
    related = {relation.id: relation for relation in relations(archive, root, limits)}
    workbook = read_xml(archive, root, limits)
    package = Package(archive)
    package.parts = {r.kind: r.target for r in related.values() if r.target in archive.NameToInfo}
    for element in workbook.iter():
        if local_name(element) == "workbookPr":
            package.since_1904 = element.get("date1904") in ("1", "true")
        if local_name(element) == "sheet":
            _add_sheet(package, element, related)
    _check_sheets(package, limits)
    return package


def _add_sheet(package: Package, element: Element, related: dict[str, Relation]) -> None:
    title = element.get("name", "")
    relation = related.get(element.get(f"{{{OFFICE}}}id", ""))
    if relation is not None and relation.kind == "chartsheet":
        package.charts.append(title)
    elif relation is None or relation.target not in package.archive.NameToInfo:
        raise UnreadableWorkbook(f"The content of sheet “{title}” is missing from the file. {DAMAGED}")
    elif relation.kind == "worksheet":
        package.sheets.append(SheetPart(title, element.get("state", "visible"), relation.target))


def _check_sheets(package: Package, limits: Limits) -> None:
    if not package.sheets:
        raise UnreadableWorkbook(
            "The workbook has no sheet with cells, only charts or nothing at all. Choose the workbook that "
            "holds the plan's table."
        )
    if len(package.sheets) > limits.max_sheets:
        raise UnreadableWorkbook(
            f"The workbook has {len(package.sheets)} sheets and the limit is {limits.max_sheets}. Copy the "
            "plan's sheets into a new workbook and upload that."
        )


def shared_strings(package: Package, limits: Limits) -> list[str]:
    if (path := package.parts.get("sharedStrings")) is None:
        return []
    return read_strings(read_part(package.archive, path, limits, max_tags=limits.max_tags))


def load_styles(package: Package, limits: Limits) -> PlainWorkbook:
    """openpyxl's workbook of the styles and the theme, with one empty sheet in place of all."""
    source = io.BytesIO()
    with ZipFile(source, "w") as plain:
        for kind, path in (("styles", "xl/styles.xml"), ("theme", "xl/theme/theme1.xml")):
            if kind in package.parts:
                plain.writestr(path, read_part(package.archive, package.parts[kind], limits))
        for path, xml in SKELETON.items():
            plain.writestr(path, xml)
    return load_workbook(source, read_only=True, data_only=True, keep_links=False)


def is_small(archive: ZipFile, path: str) -> bool:
    """Whether a part that only adds to the cells (comments, text boxes) is worth reading."""
    info = archive.NameToInfo.get(path)
    return (
        info is not None and re.search(r"\.(xml|rels)$", path) is not None and info.file_size < MAX_SMALL_PART
    )
