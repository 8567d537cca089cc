"""All data sets, in the order in which they are described."""

from collections.abc import Mapping

from improvement.feeds.actions import ACTIONS
from improvement.feeds.asked import QUESTIONS, RECOMMENDATIONS
from improvement.feeds.audits import AUDITS, FINDINGS, GRADES, PRODUCTS, REVIEWS
from improvement.feeds.fields import DataSet
from improvement.feeds.impact import MEASURE_TARGETS, MEASURES, NARRATIVES, OBSERVATIONS
from improvement.feeds.meetings import CHALLENGES, DECISIONS, MEETINGS
from improvement.feeds.plans import AREAS, KEY, PLANS, STEPS
from improvement.feeds.progress import MOVES, UPDATES

CATALOGUE: tuple[DataSet, ...] = (
    *(PLANS, KEY, AREAS, ACTIONS, STEPS, UPDATES, MOVES),
    *(MEASURES, MEASURE_TARGETS, OBSERVATIONS, NARRATIVES),
    *(RECOMMENDATIONS, QUESTIONS, MEETINGS, DECISIONS, CHALLENGES),
    *(AUDITS, GRADES, FINDINGS, PRODUCTS, REVIEWS),
)
BY_NAME: Mapping[str, DataSet] = {data_set.name: data_set for data_set in CATALOGUE}
