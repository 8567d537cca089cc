"""Processes that end themselves as `kill -9` does, right after the write that a test names.

`python -m tests.faults.dying 3 make_packs 7` runs a command that dies after its third write.
"""

import os
import signal
import sys

import django
from django.core.management import call_command
from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Dying:
    """Counts what is written, and is gone after so many writes."""

    def __init__(self, after: int):
        self.after, self.writes = after, 0

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.lstrip().upper().startswith(WRITES):
            self.writes += 1
            if self.writes == self.after:
                die()
        return result


class DyingMiddleware:
    """`X-Die-After: 3` kills the worker after the request's third write, or at its answer when there is none.

    An answer names the worker that gave it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        after = request.headers.get("X-Die-After")
        with connection.execute_wrapper(Dying(int(after or 0))):
            response = self.get_response(request)
        if after:
            die()
        response["X-Worker"] = str(os.getpid())
        return response


def main(after: str, *command: str) -> None:
    django.setup()
    with connection.execute_wrapper(Dying(int(after))):
        call_command(*command)


if __name__ == "__main__":
    main(*sys.argv[1:])
