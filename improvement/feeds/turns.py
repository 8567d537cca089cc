"""How many data sets one person's programs read at the same time, on all workers together."""

from collections.abc import Iterator

from django.core.cache import cache

from improvement.feeds.knocking import Refused
from plans.models import User

# Half of the threads that docs/running.md starts: the others stay for people and their pages.
MOST_AT_ONCE = 4
WAIT_SECONDS = 5
# A worker that was killed gives nothing back.
LONGEST_SECONDS = 600
BUSY = (
    f"{MOST_AT_ONCE} data sets are being read in your name now, which is the most at a time. Wait a few "
    "seconds, then ask again."
)


class Turn:
    """The pieces of an answer; the server closes them when all are sent or nobody reads on."""

    def __init__(self, pieces: Iterator[bytes], place: str):
        self.pieces, self.place = pieces, place

    def __iter__(self) -> Iterator[bytes]:
        return self.pieces

    def close(self) -> None:
        cache.delete(self.place)


def take_turn(user: User, pieces: Iterator[bytes]) -> Turn:
    """Keeps a place for as long as the pieces are read. Raises Refused where there is none left."""
    for number in range(MOST_AT_ONCE):
        place = f"feed-reading:{user.pk}:{number}"
        if cache.add(place, True, LONGEST_SECONDS):
            return Turn(pieces, place)
    raise Refused(BUSY, 429, wait=WAIT_SECONDS)
