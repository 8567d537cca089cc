"""A board's pack: gathering, web page, workbook and PDF, each with the time that it may take."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from django.utils import timezone

from impact.models import Direction, Unit
from impact.months import month_of, months_after
from impact.services.measures import create_measure
from impact.services.observations import Entry, set_values
from improvement.packs.content import canonical, digest_of, gather
from improvement.packs.html import web_page
from improvement.packs.pdf import pdf_of
from improvement.packs.workbook import workbook_of
from plans.models import Meeting
from tests.bench.filling import Ground
from tests.bench.measuring import Figure, count_queries, timed

MEASURES, MONTHS = 24, 24
# Of a plan of 200 actions, in seconds.
MOST_PAGE, MOST_PDF = 10, 30


def measure_packs(ground: Ground) -> Iterator[Figure]:
    """Once each: a pack is made once. The page and the workbook include what they are gathered from."""
    meeting = _fill(ground)
    now = timezone.now()
    gathering, (queries, content) = timed(
        lambda: count_queries(lambda: gather(meeting, ground.plan, number=1, at=now, by=ground.person))
    )
    text = canonical(content)
    digest = digest_of(text)
    yield Figure(ground.actions, "pack: gathering", gathering, queries=queries, bytes=len(text))
    seconds, page = timed(lambda: web_page(content, digest))
    yield _made(ground, "pack: web page", gathering + seconds, page, MOST_PAGE)
    seconds, book = timed(lambda: workbook_of(content, digest))
    yield _made(ground, "pack: workbook", gathering + seconds, book, MOST_PAGE)
    seconds, pdf = timed(lambda: pdf_of(page))
    yield _made(ground, "pack: PDF", seconds, pdf, MOST_PDF)


def _made(ground: Ground, name: str, seconds: float, made: bytes, most: int) -> Figure:
    return Figure(ground.actions, name, seconds, bytes=len(made), note=f"at most {most} s for 200 actions")


def _fill(ground: Ground) -> Meeting:
    """A meeting today, and measures with two years of months."""
    today, random = timezone.localdate(), Random(7)
    first = months_after(month_of(today), -MONTHS)
    for number in range(MEASURES):
        measure = create_measure(
            ground.board,
            f"Share of visits in time, team {number + 1}",
            by=ground.person,
            unit=Unit.PERCENT,
            direction=Direction.HIGHER,
        )
        values = [
            Entry(measure, months_after(first, n), Decimal(random.randint(60, 95))) for n in range(MONTHS)
        ]
        set_values(values, by=ground.person)
    return Meeting.objects.create(board=ground.board, on=today)
