"""What has been done, and so what: the latest narrative of each area that was published by the day."""

from impact.models import Narrative
from impact.periods import period_words
from impact.services.narrative_board import with_support
from improvement.packs.papers import Papers
from improvement.packs.telling import area_name, iso


def narratives(papers: Papers) -> list[dict]:
    """In the plan's order; `new` says that it was published since the last meeting."""
    published = Narrative.objects.published(papers.day).filter(area__plan=papers.plan)
    latest: dict[int, Narrative] = {}
    for narrative in with_support(published):
        latest.setdefault(narrative.area_id, narrative)
    return [_told(papers, latest[area.pk]) for area in papers.areas if area.pk in latest]


def _told(papers: Papers, narrative: Narrative) -> dict:
    since = papers.since
    return {
        "area": area_name(narrative.area),
        "period": period_words(narrative.starts, narrative.ends),
        "published": iso(narrative.published_on),
        "new": since is not None and narrative.published_on > since.on,
        "done": narrative.done,
        "so_what": narrative.so_what,
        "shown_by": [measure.name for measure in narrative.measures.all()]
        + [evidence.title for evidence in narrative.evidence.all()],
    }
