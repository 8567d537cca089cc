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
# From the bottom up; a module named nowhere here is pure when it imports neither Django nor a model.
FLOORS = (
    ("models",),
    ("access", "services"),
    ("forms", "filters", "tables", "imports", "export", "changes", "admin", "templatetags", "widgets"),
    ("views",),
    ("urls",),
)
FILES = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def imports_of(tree, path):
    """Every imported module's dotted name, relative ones made whole."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            yield ".".join(part for part in (base, node.module or "") if part)


def floor_of(module):
    parts = module.split(".")
    return next((n for n, names in enumerate(FLOORS) if len(parts) > 1 and parts[1] in names), None)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path):
    tree = ast.parse(path.read_text())
    app = path.relative_to(ROOT).parts[0]
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    imported = [name for name in imports_of(tree, path) if name.split(".")[0] in APPS]
    assert {name.split(".")[0] for name in imported} <= MAY_IMPORT[app]
    if app != "improvement":
        floor = floor_of(module)
        above = [name for name in imported if _is_above(floor, floor_of(name))]
        assert above == []


def _is_above(floor, other):
    return floor is not None and other is not None and other > floor


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


PURE = {
    "plans": ("dates", "leads", "steps", "rating"),
    "impact": ("icons", "months", "spc", "spc_series", "units", "values", "verdicts"),
}


@pytest.mark.parametrize(
    "path",
    [ROOT / app / f"{name}.py" for app, names in PURE.items() for name in names]
    + sorted((ROOT / "plans" / "spreadsheets").glob("*.py")),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_pure_modules_know_neither_django_nor_models(path):
    """Followed through everything they import from this project."""
    seen, waiting = set(), [path]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for name in imports_of(ast.parse(current.read_text()), current):
            assert name.split(".")[0] != "django"
            assert not name.startswith(("plans.models", "impact.models"))
            found = ROOT / (name.replace(".", "/") + ".py")
            if found.exists():
                waiting.append(found)
