"""The data sets of a board's meetings: when they are, what they decided and what members challenged."""

from collections.abc import Iterator
from dataclasses import dataclass

from improvement.challenges import Asked, with_all
from improvement.feeds.fields import DataSet, Field, Kind
from improvement.feeds.reading import Reading
from improvement.meeting_list import MeetingList
from plans.models import Challenge, Decision, Meeting

ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class ChallengeRow:
    challenge: Challenge
    asked: Asked

    @property
    def closed(self) -> Challenge | None:
        """The challenge itself once it is closed."""
        return None if self.asked.is_open else self.challenge


def challenge_rows(reading: Reading) -> Iterator[ChallengeRow]:
    raised = Challenge.objects.filter(board=reading.board, raised_on__lte=reading.day)
    for challenge in with_all(raised).order_by("raised_on", "id").iterator(chunk_size=ROWS_AT_ONCE):
        reading.names.tell([challenge.owner])
        yield ChallengeRow(challenge, Asked(challenge, reading.day, reading.board.slug))


def meeting_rows(reading: Reading) -> list[Meeting]:
    return MeetingList(reading.board, reading.today).meetings


def decision_rows(reading: Reading) -> Iterator[Decision]:
    decisions = Decision.objects.filter(meeting__board=reading.board).select_related("meeting")
    yield from decisions.order_by("meeting__on", "id").iterator(chunk_size=ROWS_AT_ONCE)


MEETINGS = DataSet(
    "meetings",
    "Meetings",
    "The board’s meetings, held, to come and cancelled.",
    meeting_rows,
    (
        Field("id", Kind.ID, "The meeting.", "pk"),
        Field("on", Kind.DAY, "Its day."),
        Field("starts_at", Kind.TIME, "When it starts."),
        Field("kind", Kind.TEXT, "internal, or partners where they are there too."),
        Field("place", Kind.TEXT, "Where it is."),
        Field("present", Kind.WHOLE, "How many were there or sent a deputy."),
        Field("decisions", Kind.WHOLE, "How many decisions are recorded.", "decision_count"),
        Field("cancelled_on", Kind.DAY, "When it was cancelled."),
        Field("cancelled_reason", Kind.TEXT, "Why it was cancelled."),
    ),
)

DECISIONS = DataSet(
    "decisions",
    "Decisions",
    "What the meetings decided.",
    decision_rows,
    (
        Field("id", Kind.ID, "The decision.", "pk"),
        Field("meeting_id", Kind.ID, "The meeting."),
        Field("on", Kind.DAY, "The meeting’s day.", "meeting.on"),
        Field("text", Kind.TEXT, "What was decided."),
        Field("action_id", Kind.ID, "The action that it concerns."),
        Field("move_id", Kind.ID, "The move of a date that it agreed."),
        Field("challenge_id", Kind.ID, "The challenge that it answers."),
    ),
)

CHALLENGES = DataSet(
    "challenges",
    "Challenges",
    "What members asked about an action, an area or a measure, and what came of it.",
    challenge_rows,
    (
        Field("id", Kind.ID, "The challenge.", "challenge.pk"),
        Field(
            "about", Kind.TEXT, "What it is about: Action, Area or Measure.", lambda row: row.asked.about[0]
        ),
        Field("about_words", Kind.TEXT, "The name of that.", lambda row: row.asked.about[1]),
        Field("action_id", Kind.ID, "The action, where it is about one.", "challenge.action_id"),
        Field("area_id", Kind.ID, "The heading, where it is about one.", "challenge.area_id"),
        Field(
            "measure_id",
            Kind.ID,
            "The measure, where it is about one.",
            lambda row: getattr(getattr(row.challenge, "measure_link", None), "measure_id", None),
        ),
        Field("question", Kind.TEXT, "What was asked.", "challenge.question"),
        Field("raised_on", Kind.DAY, "When it was asked.", "challenge.raised_on"),
        Field("raised_by", Kind.TEXT, "Who asked.", "challenge.raised_by.name"),
        Field("meeting_id", Kind.ID, "The meeting at which it was asked.", "challenge.meeting_id"),
        Field("owner", Kind.TEXT, "The lead who is to answer.", "challenge.owner.name"),
        Field("due", Kind.DAY, "By when.", "challenge.due"),
        Field("state", Kind.TEXT, "How it stands, in words.", lambda row: row.asked.state[0]),
        Field("open", Kind.YES_NO, "It is not closed.", "asked.is_open"),
        Field("overdue", Kind.YES_NO, "Its day has passed without an answer.", "asked.is_overdue"),
        Field("answered_on", Kind.DAY, "When the last answer was given.", "asked.answer.on"),
        Field("answer", Kind.TEXT, "The last answer.", "asked.answer.text"),
        Field(
            "outcome",
            Kind.TEXT,
            "How it was closed: answered, changed, decided or dropped.",
            "closed.outcome",
        ),
        Field("outcome_words", Kind.TEXT, "What came of it.", "closed.outcome_words"),
        Field("closed_on", Kind.DAY, "When it was closed.", "closed.closed_on"),
    ),
    takes_as_at=True,
)
