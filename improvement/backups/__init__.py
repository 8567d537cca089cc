"""A copy of all that is kept, in one file that either database can be filled from."""


class BackupError(Exception):
    """Why a backup cannot be written or restored, in a sentence that says what to do."""


DAMAGED = (
    "The file is damaged: it was changed or cut short after it was made. Nothing was restored. "
    "Fetch it again or use another backup."
)
