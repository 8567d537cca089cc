"""Imports point down: roof, wings, ground floor; and inside an app from views down to the pure modules."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("improvement", "plans", "impact", "audits")
MAY_IMPORT = {
    "improvement": {"improvement", "plans", "impact", "audits"},
    "impact": {"impact", "plans"},
    "audits": {"audits", "plans"},
    "plans": {"plans"},
}
# From the bottom up; what is named nowhere here is a pure module, the floor below them all.
FLOORS = (
    ("spreadsheets", "sheets"),
    ("models", "querysets"),
    ("access", "services"),
    ("history", "document", "coverage", "judging", "rows", "months_table"),
    ("forms", "filters", "tables", "imports", "export", "downloads", "admin", "templatetags", "widgets"),
    ("views",),
    ("urls",),
)
PURE = (-1, 0)
ROOF = (("views",), ("urls",))
FILES = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def imports_of(path):
    """Every imported name with its module's dotted path, relative ones made whole."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module or "") if part)
            yield from (f"{module}.{alias.name}" for alias in node.names)


def floor_of(name):
    """`narrative_forms` is on the floor of `forms`."""
    app, _, rest = name.partition(".")
    floors = ROOF if app == "improvement" else FLOORS
    room = rest.partition(".")[0]
    names = {room, room.rpartition("_")[2]}
    return next((floor for floor, rooms in enumerate(floors) if names & {*rooms}), -1)


def name_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def is_pure(path):
    return path.relative_to(ROOT).parts[0] != "improvement" and floor_of(name_of(path)) in PURE


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path):
    name = name_of(path)
    app = name.partition(".")[0]
    imported = [other for other in imports_of(path) if other.partition(".")[0] in APPS]
    assert {other.partition(".")[0] for other in imported} <= MAY_IMPORT[app]
    own = [other for other in imported if app != "improvement" or other.startswith("improvement.")]
    assert [other for other in own if floor_of(other) > floor_of(name)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_import_inside_a_function(path):
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    inside = [
        node.lineno
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, functions)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if is_pure(path) and path.name != "apps.py"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_pure_modules_know_no_django(path):
    """Nor models: those are on a floor above them."""
    assert [
        name for name in imports_of(path) if name.startswith(("django", "simple_history", "allauth"))
    ] == []
