"""What is asked and answered: questions of ratings, challenges, decisions, what waits to be agreed."""

from impact.models import MeasureChallenge
from improvement.packs.papers import Papers
from improvement.packs.telling import LONGEST_TITLE, area_name, full_name, iso, person
from plans.history.leads import LeadNames
from plans.models import Challenge, ChallengeAnswer, CheckAnswer, Decision, MoveRequest, SignOff
from plans.templatetags.components import long_date
from plans.wording.phrases import days_overdue, shortened

# The gravest; the rest are asked on the board's own page.
MOST_QUESTIONS = 40


def questions(papers: Papers) -> dict:
    """What ratings rest on, to ask about, the gravest first; and what was asked before, with its answer."""
    asked, answered = papers.findings.open, papers.findings.answered
    shown = asked[:MOST_QUESTIONS]
    names = papers.subjects_of([*shown, *(finding for finding, _ in answered)])
    about = [shortened(name, LONGEST_TITLE) for name in names]
    return {
        "open": [{"about": name, "words": each.words} for name, each in zip(about, shown, strict=False)],
        "more": len(asked) - len(shown),
        "answered": [
            _answered(name, finding.words, answer)
            for name, (finding, answer) in zip(about[len(shown) :], answered, strict=True)
        ],
    }


def _answered(about: str, words: str, answer: CheckAnswer) -> dict:
    return {
        "about": about,
        "words": words,
        "answer": answer.reason,
        "by": person(answer.by),
        "on": iso(answer.on),
    }


def challenges(papers: Papers) -> list[dict]:
    """Open on the day, the longest due first, each with its latest answer by then."""
    rows = papers.board.challenges.open(papers.day).select_related("action", "area", "raised_by", "owner")
    rows = list(rows.order_by("due", "id"))
    LeadNames(papers.board, papers.shown.past_day).tell(row.owner for row in rows)
    answers, measures = _answers(rows, papers), _measures(rows)
    return [_challenge(papers, row, answers.get(row.pk), measures.get(row.pk, "")) for row in rows]


def _answers(rows: list[Challenge], papers: Papers) -> dict[int, ChallengeAnswer]:
    answers = ChallengeAnswer.objects.filter(challenge__in=rows, on__lte=papers.day).select_related("by")
    return {answer.challenge_id: answer for answer in answers.order_by("on", "id")}


def _measures(rows: list[Challenge]) -> dict[int, str]:
    links = MeasureChallenge.objects.filter(challenge__in=rows).values_list("challenge_id", "measure__name")
    return dict(links)


def _challenge(papers: Papers, row: Challenge, answer: ChallengeAnswer | None, measure: str) -> dict:
    return {
        "about": _about(row, measure),
        "question": row.question,
        "raised_by": person(row.raised_by),
        "raised_on": iso(row.raised_on),
        "owner": row.owner.name,
        "due": iso(row.due),
        "late": days_overdue(row.due, papers.day) if row.due < papers.day and not answer else "",
        "answer": {"text": answer.text, "by": person(answer.by), "on": iso(answer.on)} if answer else None,
    }


def _about(row: Challenge, measure: str) -> str:
    if row.action:
        return f"Action {full_name(row.action)}"
    if row.area:
        return area_name(row.area)
    return f"Measure {measure}" if measure else "The board"


def decisions(papers: Papers) -> list[dict]:
    """Those of the last meeting before the day."""
    if papers.since is None:
        return []
    rows = Decision.objects.filter(meeting=papers.since).select_related("action", "challenge", "move__action")
    return [
        {
            "text": row.text,
            "action": full_name(row.action or row.move.action) if row.action or row.move else "",
            "move": f"{row.move.from_text or 'No date'} to {row.move.to_text or 'no date'}"
            if row.move
            else "",
            "challenge": row.challenge.question if row.challenge else "",
        }
        for row in rows
    ]


def waiting(papers: Papers) -> list[dict]:
    """Sign-offs and moves of a date that are asked for and not decided, the longest waiting first."""
    own = {"action__plan": papers.plan, "action__withdrawn_on__isnull": True}
    sign_offs = SignOff.objects.waiting(papers.day).filter(**own).select_related("action", "by")
    moves = MoveRequest.objects.waiting(papers.day).filter(**own).select_related("action", "step", "by")
    rows = [*map(_sign_off, sign_offs), *map(_move, moves)]
    return sorted(rows, key=lambda row: row["asked_on"])


def _sign_off(row: SignOff) -> dict:
    return _asked(row) | {"kind": "Sign-off", "words": "Reported complete, with evidence"}


def _move(row: MoveRequest) -> dict:
    what = f"Step {row.step.number}: " if row.step else ""
    to = long_date(row.to_due) if row.to_due else row.to_text
    return _asked(row) | {"kind": "Move of a date", "words": f"{what}to {to}: {row.reason}"}


def _asked(row: SignOff | MoveRequest) -> dict:
    return {"action": full_name(row.action), "asked_by": person(row.by), "asked_on": iso(row.on)}
