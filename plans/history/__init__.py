"""Who changed what, when and by which import, told in plain words. The writing is in services/history.py."""

from .changes import KINDS, PER_PAGE, board_changes, changes_of
from .names import Known
from .words import Change

__all__ = ["KINDS", "PER_PAGE", "Change", "Known", "board_changes", "changes_of"]
