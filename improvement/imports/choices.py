"""What the administrator decided on the preview's page, between the form's fields and an import's choices.

Only what differs from what the page showed is a decision: the rest goes on following the workbook.
"""

from collections.abc import Iterable, Mapping

from django.utils.datastructures import MultiValueDict

from impact.imports.narratives import LEAVE_OUT
from plans.rating import COLOURS
from plans.spreadsheets.vocabulary import FIELDS

TROUBLES = {"left_out": "leave", "without_reference": "without"}


def read_choices(post, choices: Mapping) -> dict:
    """The import's choices with what a posted page says; rows that the page did not show keep theirs."""
    post = _storable(post)
    return {
        **choices,
        "columns": {**(choices.get("columns") or {}), **_columns(post)},
        "key": _key(post) or choices.get("key"),
        "updates": {**(choices.get("updates") or {}), **_ticks(post, "update")},
        "moves": {**(choices.get("moves") or {}), **_ticks(post, "move")},
        "changes": {**(choices.get("changes") or {}), **_ticks(post, "change")},
        "stale": {**(choices.get("stale") or {}), **_ticks(post, "stale")},
        "reasons": {**(choices.get("reasons") or {}), **_reasons(post)},
        "measures_left_out": _left(choices.get("measures_left_out"), post, "measure"),
        "products_left_out": _left(choices.get("products_left_out"), post, "product"),
        "audits_left_out": _left(choices.get("audits_left_out"), post, "audit"),
        "narrative_areas": {**(choices.get("narrative_areas") or {}), **_areas(post)},
        **{name: _troubles(choices.get(name), post, answer) for name, answer in TROUBLES.items()},
    }


def _storable(post) -> MultiValueDict:
    """What was posted without NUL, which PostgreSQL holds in no text and in no JSON."""
    fields = ((name, [value.replace("\0", "") for value in values]) for name, values in post.lists())
    return MultiValueDict({name.replace("\0", ""): values for name, values in fields})


def _columns(post) -> dict[str, str]:
    """Each heading, in every spelling, with the field that was chosen for it instead of the one guessed."""
    columns = {}
    for number in post.getlist("column"):
        field = post.get(f"field-{number}", "")
        if field in FIELDS and field != post.get(f"guess-{number}"):
            columns.update(dict.fromkeys(post.getlist(f"heading-{number}"), field))
    return columns


def _key(post) -> list[list[str]]:
    """The whole key, where another meaning was chosen for a colour."""
    colours = [colour for colour in COLOURS if f"meaning-{colour}" in post]
    if all(post[f"meaning-{colour}"] == post.get(f"meant-{colour}") for colour in colours):
        return []
    return [
        [
            post[f"meaning-{colour}"],
            colour,
            post.get(f"word-{colour}") or colour.capitalize(),
            post.get(f"explanation-{colour}", ""),
        ]
        for colour in colours
        if post[f"meaning-{colour}"]
    ]


def key_mistakes(post) -> list[tuple[str, str]]:
    """Colours given the same meaning, as (words, the id of the field)."""
    first: dict[str, str] = {}
    found = []
    for colour in COLOURS:
        meaning = post.get(f"meaning-{colour}", "")
        other = first.setdefault(meaning, colour) if meaning else colour
        if other != colour:
            words = f"{other.capitalize()} and {colour} can’t mean the same. Give {colour} another meaning."
            found.append((words, f"#meaning-{colour}"))
    return found


def _ticks(post, name: str) -> dict[str, bool]:
    """The boxes that were ticked or unticked."""
    ticked, before = set(post.getlist(name)), set(post.getlist(f"{name}-ticked"))
    return {key: key in ticked for key in post.getlist(f"{name}-shown") if (key in ticked) != (key in before)}


def _reasons(post) -> dict[str, str]:
    return {key: post.get(f"reason-{key}", "").strip()[:2000] for key in post.getlist("move-shown")}


def _left(before: Iterable[str] | None, post, name: str) -> list[str]:
    """The measures, products or audits that are left out: their box was shown and is empty."""
    shown, taken = post.getlist(f"{name}-shown"), set(post.getlist(name))
    return [key for key in before or () if key not in shown] + [key for key in shown if key not in taken]


def _areas(post) -> dict[str, str]:
    """Each narrative's area where one was chosen, or that it is left out; "" follows the workbook."""
    taken = set(post.getlist("narrative"))
    ticks = {key: "" if key in taken else LEAVE_OUT for key in post.getlist("narrative-shown")}
    ticked = set(post.getlist("narrative-ticked"))
    changed = {key: answer for key, answer in ticks.items() if (answer == "") != (key in ticked)}
    chosen = {key: post.get(f"narrative-{key}", LEAVE_OUT) for key in post.getlist("narrative-asked")}
    return changed | chosen


def _troubles(before: Iterable[str] | None, post, answer: str) -> list[str]:
    shown = post.getlist("trouble-shown")
    kept = [key for key in before or () if key not in shown]
    return kept + [key for key in shown if post.get(f"trouble-{key}") == answer]
