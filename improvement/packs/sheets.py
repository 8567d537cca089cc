"""What stands on each sheet of a pack's workbook: content in, titles, headers and rows out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from impact.markup import to_plain

NONE = "None"
NOT_RATED = "Not rated"
Row = list[str | int | float | date]


@dataclass(frozen=True)
class Sheet:
    """One table under its title; `about` says in a sentence what it holds."""

    name: str
    title: str
    about: str
    headers: list[str]
    rows: list[Row]


def sheets_of(content: Mapping) -> list[Sheet]:
    """Every sheet but the cover, in order; each table has at least one row and no empty cell."""
    words = {entry["code"]: entry["word"] for entry in content["key"]} | {"": NOT_RATED}
    made = [build(content, words) for build in BUILDERS]
    return [
        Sheet(one.name, one.title, one.about, one.headers, _filled(one.rows, len(one.headers)))
        for one in made
    ]


def _filled(rows: Iterable[Row], columns: int) -> list[Row]:
    filled = [[NONE if cell in ("", None) else cell for cell in row] for row in rows]
    return filled or [[NONE] * columns]


def _day(words: str) -> date | str:
    return date.fromisoformat(words) if words else NONE


def _action(row: Mapping) -> list:
    return [row["reference"], row["title"], row["lead"]]


def _summary(content: Mapping, words: Mapping) -> Sheet:
    found = content["summary"]
    counts = [
        ["Ratings", words[count["rating"]], count["number"], count["change"]] for count in found["counts"]
    ]
    rows = [
        ["In a sentence", found["headline"], "", ""],
        *counts,
        *(["What slipped", line, "", ""] for line in found["slipped"]),
        *([found["since"]["heading"], line, "", ""] for line in found["since"]["lines"]),
        ["Are children better off?", found["better"]["heading"], "", ""],
        *(["Ask about these", line, "", ""] for line in found["questions"]),
    ]
    return Sheet(
        "Summary", "Summary", "The first page of the pack.", ["Part", "Words", "Number", "Change"], rows
    )


def _exceptions(content: Mapping, words: Mapping) -> Sheet:
    rows = [
        [*_action(row), words[row["rating"]], _day(row["due"]), row["why"], row["way_back"]]
        for row in content["exceptions"]
    ]
    about = "Actions to look at: ratings first, then days overdue."
    headers = ["Reference", "Action", "Accountable", "Rating", "Due", "Why it is here"]
    return Sheet("Exceptions", "Exceptions", about, [*headers, "What would make it green"], rows)


def _changes(content: Mapping, words: Mapping) -> Sheet:
    rows = [
        [
            group["title"],
            *_action(row)[1:],
            words[row["before"]] if "before" in row else "",
            words[row["after"]] if "after" in row else "",
            row["words"],
        ]
        for group in content["changes"]["groups"]
        for row in group["rows"]
    ]
    headers = ["Change", "Action", "Accountable", "Rating before", "Rating now", "Words"]
    return Sheet("Changes", "Changes since the last meeting", content["changes"]["sentence"], headers, rows)


def _measures(content: Mapping, words: Mapping) -> Sheet:
    every = [*content["measures"]["judged"], *content["measures"]["stocks"]]
    rows = [
        [
            row["name"],
            row["remark"],
            row["latest"],
            row["month"],
            row["variation"]["word"] if row["variation"] else "A count at one time: no verdict",
            row["assurance"],
            row["expected"],
            row["target"],
            " ".join([row["sentence"], *row["notes"]]),
        ]
        for row in every
    ]
    headers = ["Measure", "Which way is better", "Latest", "Month", "Variation", "Against the target"]
    about = "Each measure judged against its own past, concern first."
    headers += ["Expected range", "Target", "Sentence"]
    return Sheet("Measures", "Measures", about, headers, rows)


def _months(content: Mapping, words: Mapping) -> Sheet:
    every = [*content["measures"]["judged"], *content["measures"]["stocks"]]
    rows = [
        [row["name"], _day(f"{month}-01"), value, written]
        for row in every
        for month, value, written in row["months"]
    ]
    about = "Every month that the pack's drawings show, the latest first."
    return Sheet("Months", "Measures by month", about, ["Measure", "Month", "Value", "As written"], rows)


def _narratives(content: Mapping, words: Mapping) -> Sheet:
    rows = [
        [
            row["area"],
            row["period"],
            _day(row["published"]),
            to_plain(row["done"]),
            to_plain(row["so_what"]),
            "; ".join(row["shown_by"]),
        ]
        for row in content["narratives"]
    ]
    headers = ["Area", "Period", "Published", "What have we done?", "So what?", "Shown by"]
    return Sheet(
        "Narratives", "What have we done, and so what?", "The latest narrative of each area.", headers, rows
    )


def _questions(content: Mapping, words: Mapping) -> Sheet:
    found = content["questions"]
    rows = [
        *([row["about"], row["words"], "", "", ""] for row in found["open"]),
        *(
            [row["about"], row["words"], row["answer"], row["by"], _day(row["on"])]
            for row in found["answered"]
        ),
    ]
    headers = ["About", "What there is to ask", "Accepted because", "By", "On"]
    return Sheet("Questions", "Questions to ask about ratings", "The gravest first.", headers, rows)


def _challenges(content: Mapping, words: Mapping) -> Sheet:
    rows = [
        [
            row["about"],
            row["question"],
            row["raised_by"],
            _day(row["raised_on"]),
            row["owner"],
            _day(row["due"]),
            row["late"],
            row["answer"]["text"] if row["answer"] else "Not answered yet",
            row["answer"]["by"] if row["answer"] else "",
            _day(row["answer"]["on"]) if row["answer"] else "",
        ]
        for row in content["challenges"]
    ]
    headers = ["About", "Question", "Asked by", "Asked on", "Owner", "Answer due", "Overdue", "Answer"]
    headers += ["Answered by", "Answered on"]
    return Sheet("Challenges", "Open challenges", "The longest due first.", headers, rows)


def _decisions(content: Mapping, words: Mapping) -> Sheet:
    rows = [[row["text"], row["action"], row["move"], row["challenge"]] for row in content["decisions"]]
    headers = ["Decision", "Action", "Date moved", "Challenge"]
    return Sheet(
        "Decisions", "Decisions of the last meeting", "In the order they were recorded.", headers, rows
    )


def _waiting(content: Mapping, words: Mapping) -> Sheet:
    rows = [
        [row["kind"], row["action"], row["words"], row["asked_by"], _day(row["asked_on"])]
        for row in content["waiting"]
    ]
    headers = ["Kind", "Action", "What is asked for", "Asked by", "Asked on"]
    return Sheet("Waiting", "Waiting to be signed off or agreed", "The longest waiting first.", headers, rows)


def _plan(content: Mapping, words: Mapping) -> Sheet:
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
        _day(one["due"]),
        one["moved"],
        one["activity"],
        *("\n".join(texts.get(name, [])) for name in names),
        _day(update["on"]),
        update["by"],
        update["happened"],
        update["way_back"],
    ]


def _steps(content: Mapping, words: Mapping) -> Sheet:
    rows = [
        [
            one["reference"],
            one["title"],
            step["number"],
            step["text"],
            step["target"],
            _day(step["due"]),
            _day(step["done"]),
        ]
        for _, one in _actions(content)
        for step in one["steps"]
    ]
    headers = ["Reference", "Action", "Step", "What is to be done", "Target", "Due", "Done on"]
    return Sheet("Steps", "Steps of the actions", "In the plan's order.", headers, rows)


def _key(content: Mapping, words: Mapping) -> Sheet:
    rows = [[entry["word"], entry["colour"].capitalize(), entry["explanation"]] for entry in content["key"]]
    rows.append([NOT_RATED, "", "No rating has been given."])
    about = "The plan's own key, worst first."
    return Sheet("Ratings", "What the ratings mean", about, ["Rating", "Colour", "Meaning"], rows)


def _notes(content: Mapping, words: Mapping) -> Sheet:
    rows = [
        ["Overdue", "The last possible day of the target has passed, and the action is not rated complete."],
        ["No update", "No update counts from after the day that the pack compares with."],
        ["Days moved", "The days from one target to the next; later unless it says earlier."],
        ["Variation", "Whether the latest months differ from what the measure's own past leads to expect."],
        ["Expected range", "Where a month is expected to lie if nothing changes; none under 13 months."],
        [NONE, "There is nothing to say in this cell."],
    ]
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


BUILDERS: tuple[Callable[[Mapping, Mapping], Sheet], ...] = (
    _notes,
    _key,
    _summary,
    _exceptions,
    _changes,
    _measures,
    _months,
    _narratives,
    _questions,
    _challenges,
    _decisions,
    _waiting,
    _plan,
    _steps,
)
