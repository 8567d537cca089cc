"""All data sets, in the order in which they are described."""

from collections.abc import Mapping

from improvement.feeds.actions import ACTIONS
from improvement.feeds.fields import DataSet
from improvement.feeds.plans import AREAS, KEY, PLANS, STEPS
from improvement.feeds.progress import MOVES, UPDATES

CATALOGUE: tuple[DataSet, ...] = (PLANS, KEY, AREAS, ACTIONS, UPDATES, MOVES, STEPS)
BY_NAME: Mapping[str, DataSet] = {data_set.name: data_set for data_set in CATALOGUE}
