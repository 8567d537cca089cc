"""`python -m tests.bench [--sizes 200 2000] [--only pages] [--json]`: on a scratch database of its own.

Figures of imports, pages and packs at these numbers of actions; then a council with many people at once.

Times are medians of up to five runs after a cold one, imports the least of three; SQLite in a file of its
own, or the test database of DATABASE_URL's server.
"""

import argparse
import platform
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.test.utils import override_settings

from tests.bench import report
from tests.bench.council import Council
from tests.bench.filling import fill_board
from tests.bench.imports import measure_imports
from tests.bench.load import fill_and_grow, work
from tests.bench.measuring import Figure, refresh_statistics, timed
from tests.bench.packs import measure_packs
from tests.bench.pages import measure_pages
from tests.bench.serving import running_server
from tests.bench.visiting import Bounds

SIZES = (200, 2_000, 20_000)
# Without a pause the server has all it can do; ten seconds are a quick reader's.
PAUSES = (0, 10)
# A board's plan has some two hundred actions; a pack of thousands is read by nobody.
LARGEST_PACK = 200


def main() -> None:
    options = _options()
    sound = True
    if options.only != "load":
        _print_figures(options)
    if options.only in ("", "load") and not options.json:
        sound = _print_load(options)
    raise SystemExit(not sound)


def _print_figures(options: argparse.Namespace) -> None:
    with scratch_database(), override_settings(IMPORT_MAX_ROWS=2 * max(options.sizes)):
        figures = measure(options.sizes, options.only)
        if options.json:
            print(report.as_json(_machine(), figures))
            return
        print(", ".join(_machine().values()), report.header(), sep="\n")
        for figure in figures:
            print(report.line(figure), flush=True)


def _print_load(options: argparse.Namespace) -> bool:
    """Whether all went well."""
    council = Council(options.boards, options.plans, options.actions, options.measures, options.people)
    with scratch_database():
        print(", ".join(_machine().values()), report.header("boards"), sep="\n")
        load = fill_and_grow(council, lambda figure: print(report.line(figure), flush=True))
        bounds = [Bounds(options.seconds, options.rounds, pause) for pause in options.pauses]
        with running_server() as server:
            runs = [work(load, server, each) for each in bounds]
        return all(run.is_sound for run in runs)


def measure(sizes: list[int], only: str) -> Iterator[Figure]:
    for size in sorted(sizes):
        if only in ("", "imports"):
            yield from measure_imports(size)
        if only != "imports":
            seconds, ground = timed(lambda size=size: fill_board(size))
            yield Figure(size, "filling the board with 24 updates each", seconds)
            refresh_statistics()
            if only != "packs":
                yield from measure_pages(ground)
            if only != "pages" and size <= LARGEST_PACK:
                yield from measure_packs(ground)


@contextmanager
def scratch_database():
    """Never the developer's own: the test database, made anew and removed at the end."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _machine() -> dict:
    return {
        "python": f"Python {platform.python_version()}",
        "database": f"{connection.vendor} {'.'.join(map(str, connection.get_database_version()))}",
        "debug": f"DEBUG {settings.DEBUG}",
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="ACTIONS")
    parser.add_argument("--only", choices=("imports", "pages", "packs", "load"), default="")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    for name, most in vars(Council()).items():
        parser.add_argument(f"--{name}", type=int, default=most, help="of the load")
    parser.add_argument("--seconds", type=float, default=Bounds.seconds, help="of each run of the load")
    parser.add_argument("--rounds", type=int, default=Bounds.rounds, help="of each person, at most")
    parser.add_argument(
        "--pauses", type=float, nargs="+", default=PAUSES, help="seconds on each page, by runs"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
