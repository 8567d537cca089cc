"""A web page as a tagged PDF, made in a process of its own.

The renderer takes seconds to import and a lot of memory, and keeps both to itself: see `press.py`.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300
# Where programs, libraries, fonts and their caches are. The site's keys and passwords are not its business.
NEEDED = frozenset(
    {"PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TEMP", "SYSTEMROOT", "PYTHONPATH"}
    | {"LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"}
    | {"FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"}
    | {"XDG_DATA_DIRS"}
)


class PdfFailed(Exception):
    """The page could not be made into a PDF; the text says what the renderer said."""


def pdf_of(page: bytes) -> bytes:
    """The page as a PDF by PDF/UA-1. Raises PdfFailed."""
    command = [sys.executable, "-m", "improvement.packs.press"]
    try:
        made = subprocess.run(
            command,
            input=page,
            capture_output=True,
            cwd=ROOT,
            env=environment(os.environ),
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired as late:
        raise PdfFailed(f"The PDF was not ready after {LONGEST} seconds.") from late
    if made.returncode or not made.stdout.startswith(b"%PDF"):
        said = made.stderr.decode(errors="replace").strip().splitlines()
        raise PdfFailed(said[-1] if said else "The renderer stopped.")
    return made.stdout


def environment(ours: Mapping[str, str]) -> dict[str, str]:
    """What of our environment the renderer is given."""
    return {name: value for name, value in ours.items() if name in NEEDED}
