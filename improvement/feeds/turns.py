"""How many data sets one person's programs read at the same time, on all workers together."""

import secrets
from collections.abc import Generator, Iterator
from time import time

from django.core.cache import cache

from improvement.feeds.knocking import Refused
from plans.models import User

# Half of the threads that docs/running.md starts: the others stay for people and their pages.
MOST_AT_ONCE = 4
WAIT_SECONDS = 5
# A worker that was killed gives nothing back, and a reader who still reads asks again for the place.
LONGEST_SECONDS = 600
RENEWED_EVERY = 60
BUSY = (
    f"{MOST_AT_ONCE} data sets are being read in your name now, which is the most at a time. Wait a few "
    "seconds, then ask again."
)


class Turn:
    """The pieces of an answer; the server closes them when all are sent or nobody reads on."""

    def __init__(self, pieces: Generator[bytes, None, None], place: str, mark: str):
        self.pieces, self.place, self.mark = pieces, place, mark

    def __iter__(self) -> Iterator[bytes]:
        renewed = time()
        for piece in self.pieces:
            if time() - renewed > RENEWED_EVERY:
                self._renew()
                renewed = time()
            yield piece

    def _renew(self) -> None:
        """Whoever still reads keeps the place."""
        if cache.get(self.place) == self.mark:
            cache.touch(self.place, LONGEST_SECONDS)

    def close(self) -> None:
        """Who read nothing for longer than a place is kept gives back nothing: it may be another's by now."""
        try:
            self.pieces.close()
        finally:
            if cache.get(self.place) == self.mark:
                cache.delete(self.place)


def take_turn(user: User, pieces: Generator[bytes, None, None]) -> Turn:
    """Keeps a place for as long as the pieces are read. Raises Refused where there is none left."""
    mark = secrets.token_hex(8)
    for number in range(MOST_AT_ONCE):
        place = f"feed-reading:{user.pk}:{number}"
        if cache.add(place, mark, LONGEST_SECONDS):
            return Turn(pieces, place, mark)
    raise Refused(BUSY, 429, wait=WAIT_SECONDS)
