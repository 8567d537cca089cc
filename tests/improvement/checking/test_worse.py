"""A rating that fell: asked about until an update says why."""

from datetime import date

import pytest

from improvement.checking_loaded import facts_for_updates, findings_of_loaded
from plans.services.progress import record_update
from plans.services.updates import load_for_updates
from plans.standing import AsAt
from plans.wording.silence import NO_CHANGE
from tests.factories import make_update
from tests.improvement.checking.scene import TODAY

pytestmark = pytest.mark.django_db

GREEN, AMBER, RED = "on_track", "slippage", "off_track"
WHY = "The partner has withdrawn."
ASKED = ["worse_without_reason"]
STORIES = {
    "nothing said": ([(GREEN, WHY), (RED, "")], ASKED),
    "as good as nothing": ([(GREEN, WHY), (RED, "n/a")], ASKED),
    "and ticked since": ([(GREEN, WHY), (RED, "n/a"), (RED, NO_CHANGE)], ASKED),
    "to be said": ([(GREEN, WHY), (RED, "TBC"), (RED, "")], ASKED),
    "in any spelling": ([(GREEN, WHY), (RED, "x"), (RED, " No\u00a0 CHANGE!\n"), (RED, "None.")], ASKED),
    "before the fall alone": ([(GREEN, ""), (RED, WHY), (GREEN, WHY), (RED, "-")], ASKED),
    "from amber to red": ([(GREEN, WHY), (AMBER, WHY), (RED, ""), (RED, "See above")], ASKED),
    "said at once": ([(GREEN, "n/a"), (RED, WHY)], []),
    "said at once, then ticked": ([(GREEN, WHY), (RED, WHY), (RED, NO_CHANGE)], []),
    "said later": ([(GREEN, WHY), (RED, "n/a"), (RED, "TBC: the post is vacant."), (RED, "n/a")], []),
    "said in figures": ([(GREEN, WHY), (RED, "52%"), (RED, "None")], []),
    "said in Welsh letters": ([(GREEN, WHY), (RED, "Tŷ gwâg"), (RED, "ok")], []),
    "better": ([(RED, WHY), (AMBER, "n/a")], []),
    "never rated before": ([(RED, "n/a"), (RED, "")], []),
}


@pytest.mark.parametrize(("story", "asked"), STORIES.values(), ids=STORIES)
def test_one_meaning_of_saying_nothing(scene, story, asked):
    action = scene.add(None)
    for day, (rating, happened) in enumerate(story, 1):
        make_update(action, rating, on=date(2030, 6, day), happened=happened)
    assert (of_read(scene, action), of_loaded(scene, action)) == (asked, asked)


def of_read(scene, action):
    return [each for each in scene.of(action) if each in ASKED]


def of_loaded(scene, action):
    """As where an update is written, from the action as its page has loaded it."""
    plan, loaded = scene.plan, load_for_updates(scene.plan.actions.all(), scene.plan)
    facts = facts_for_updates(plan, [action.pk], TODAY, scene.head)
    key = [rating.entry for rating in plan.key.all()]
    found = findings_of_loaded(plan, AsAt(plan.as_at(TODAY)), loaded, key, facts)
    return [each.check.name for each in found.of_action(action.pk) if each.check.name in ASKED]


def test_worse_until_an_update_says_why(scene):
    action = scene.add(on=date(2030, 6, 1))
    make_update(action, "off_track", on=date(2030, 6, 10), happened="")
    make_update(action, "off_track", on=date(2030, 6, 13), happened=NO_CHANGE)
    [found] = scene.findings().open
    assert found.words == "Green before, Red now, and no update says why."
    assert [each.check.name for each in scene.findings(scene.plan.actions.all()).open] == [found.check.name]
    assert scene.of(action, day=date(2030, 6, 9)) == []
    make_update(action, "off_track", on=date(2030, 6, 14), happened="The partner has withdrawn.")
    assert scene.of(action) == []
    make_update(action, "off_track", on=TODAY, happened=NO_CHANGE)
    assert scene.of(action) == []


def test_worse_in_an_update_that_is_put_right(scene):
    action = scene.add(on=date(2030, 6, 12))
    worse = make_update(action, "off_track", on=date(2030, 6, 13), happened="")
    assert scene.of(action) == ["worse_without_reason"]
    said = {"way_back": worse.way_back, "replaces": worse, "reason": "Its words were missing."}
    record_update(action, by=scene.head, rating="off_track", happened="Two posts are vacant.", **said)
    assert scene.of(action) == []
