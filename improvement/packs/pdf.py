"""A web page as a tagged PDF, made in a process of its own.

The renderer takes seconds to import and a lot of memory, and keeps both to itself: see `press.py`.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300


class PdfFailed(Exception):
    """The page could not be made into a PDF; the text says what the renderer said."""


def pdf_of(page: bytes) -> bytes:
    """The page as a PDF by PDF/UA-1. Raises PdfFailed."""
    command = [sys.executable, "-m", "improvement.packs.press"]
    try:
        made = subprocess.run(command, input=page, capture_output=True, cwd=ROOT, timeout=LONGEST)
    except subprocess.TimeoutExpired as late:
        raise PdfFailed(f"The PDF was not ready after {LONGEST} seconds.") from late
    if made.returncode or not made.stdout.startswith(b"%PDF"):
        said = made.stderr.decode(errors="replace").strip().splitlines()
        raise PdfFailed(said[-1] if said else "The renderer stopped.")
    return made.stdout
