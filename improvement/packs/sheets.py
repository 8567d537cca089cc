"""What stands on each sheet of a pack's workbook: content in, titles, headers and rows out."""

from collections.abc import Callable, Iterable, Mapping

from impact.markup import to_plain
from improvement.packs.plan_sheets import key_sheet, notes_sheet, plan_sheet, steps_sheet
from improvement.packs.sheet_parts import NONE, NOT_RATED, Row, Sheet, day_of


def sheets_of(content: Mapping) -> list[Sheet]:
    """Every sheet but the cover, in order; each table has at least one row and no empty cell."""
    words = {entry["code"]: entry["word"] for entry in content["key"]} | {"": NOT_RATED}
    made = [build(content, words) for build in BUILDERS]
    return [
        Sheet(one.name, one.title, one.about, one.headers, filled(one.rows, len(one.headers))) for one in made
    ]


def filled(rows: Iterable[Row], columns: int) -> list[Row]:
    filled = [[NONE if cell in ("", None) else cell for cell in row] for row in rows]
    return filled or [[NONE] * columns]


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
        [*_action(row), words[row["rating"]], day_of(row["due"]), row["why"], row["way_back"]]
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
        [row["name"], day_of(f"{month}-01"), value, written]
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
            day_of(row["published"]),
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
            [row["about"], row["words"], row["answer"], row["by"], day_of(row["on"])]
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
            day_of(row["raised_on"]),
            row["owner"],
            day_of(row["due"]),
            row["late"],
            row["answer"]["text"] if row["answer"] else "Not answered yet",
            row["answer"]["by"] if row["answer"] else "",
            day_of(row["answer"]["on"]) if row["answer"] else "",
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
        [row["kind"], row["action"], row["words"], row["asked_by"], day_of(row["asked_on"])]
        for row in content["waiting"]
    ]
    headers = ["Kind", "Action", "What is asked for", "Asked by", "Asked on"]
    return Sheet("Waiting", "Waiting to be signed off or agreed", "The longest waiting first.", headers, rows)


BUILDERS: tuple[Callable[[Mapping, Mapping], Sheet], ...] = (
    notes_sheet,
    key_sheet,
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
    plan_sheet,
    steps_sheet,
)
