"""The sheets of a pack's workbook that tell the plan in full, and those that say what its words mean."""

from collections.abc import Iterator, Mapping
from datetime import date

from improvement.packs.sheet_parts import NONE, NOT_RATED, Row, Sheet, day_of
from plans.templatetags.components import long_date


def plan_sheet(content: Mapping, words: Mapping) -> Sheet:
    labels = content["labels"]
    names = list(dict.fromkeys(label for _, one in _actions(content) for label, _ in one["texts"]))
    headers = ["Heading", "Reference", "Action", "Rating", labels["leads"], labels["target"], "Due", "Moved"]
    headers += [labels["activity"], *names, "Updated on", "Updated by", "Latest update"]
    rows = [_plan_row(heading, one, names, words) for heading, one in _actions(content)]
    about = "Every action in the plan's own order and words."
    return Sheet("Plan", "The plan in full", about, _once([*headers, "What would make it green"]), rows)


def _actions(content: Mapping) -> Iterator[tuple[str, Mapping]]:
    """Every action with its heading, the headings above that before it."""
    path: list[str] = []
    for part in content["plan"]:
        path = [*path[: part["depth"]], part["title"]]
        for action in part["actions"]:
            yield " – ".join(path), action


def _plan_row(heading: str, one: Mapping, names: list[str], words: Mapping) -> Row:
    leads = [f"{lead['name']}{' (accountable)' * lead['accountable']}" for lead in one["leads"]]
    texts: dict[str, list[str]] = {}
    for label, text in one["texts"]:
        texts.setdefault(label, []).append(text)
    update = one["update"] or {"on": "", "by": "", "happened": "No update yet", "way_back": ""}
    return [
        heading,
        one["reference"],
        one["title"],
        words[one["rating"]],
        "\n".join(leads),
        one["target"],
        day_of(one["due"]),
        one["moved"],
        one["activity"],
        *("\n".join(texts.get(name, [])) for name in names),
        day_of(update["on"]),
        update["by"],
        update["happened"],
        update["way_back"],
    ]


def steps_sheet(content: Mapping, words: Mapping) -> Sheet:
    rows = [
        [
            one["reference"],
            one["title"],
            step["number"],
            step["text"],
            step["target"],
            day_of(step["due"]),
            day_of(step["done"]),
        ]
        for _, one in _actions(content)
        for step in one["steps"]
    ]
    headers = ["Reference", "Action", "Step", "What is to be done", "Target", "Due", "Done on"]
    return Sheet("Steps", "Steps of the actions", "In the plan's order.", headers, rows)


def key_sheet(content: Mapping, words: Mapping) -> Sheet:
    rows = [[entry["word"], entry["colour"].capitalize(), entry["explanation"]] for entry in content["key"]]
    rows.append([NOT_RATED, "", "No rating has been given."])
    about = "The plan's own key, worst first."
    return Sheet("Ratings", "What the ratings mean", about, ["Rating", "Colour", "Meaning"], rows)


def notes_sheet(content: Mapping, words: Mapping) -> Sheet:
    after = content["about"].get("updated_after")
    quiet_after = long_date(date.fromisoformat(after)) if after else "the day that the pack compares with"
    rows = [
        ["Overdue", "The last possible day of the target has passed, and the action is not rated complete."],
        ["No update", f"No update counts from after {quiet_after}."],
        ["Days moved", "The days from one target to the next; later unless it says earlier."],
        ["Variation", "Whether the latest months differ from what the measure's own past leads to expect."],
        ["Expected range", "Where a month is expected to lie if nothing changes; none under 13 months."],
        [NONE, "There is nothing to say in this cell."],
    ]
    # Packs closed before there was one have none.
    if note := content.get("note"):
        rows.insert(0, ["Words", note])
    return Sheet("Notes", "Notes", "What the words in this workbook mean.", ["Words", "Meaning"], rows)


def _once(headers: list[str]) -> list[str]:
    """Headers as a table needs them: in one line, none empty, none twice whatever its case."""
    found: list[str] = []
    for header in headers:
        plain = name = " ".join(header.split()) or "Words"
        number = 2
        while name.casefold() in {each.casefold() for each in found}:
            name, number = f"{plain} ({number})", number + 1
        found.append(name)
    return found
