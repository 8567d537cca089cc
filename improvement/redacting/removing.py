"""Takes words or a file out for good: all or nothing, with who and why; what they were is not kept."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from improvement.packs.starting import start_command, start_making
from improvement.redacting.answers import follow_texts
from improvement.redacting.apart import find_apart
from improvement.redacting.files import empty_file, write_file
from improvement.redacting.finding import Found, Place, add_places, find_words
from improvement.redacting.forgotten import clear_cache, write_session, writing_over
from improvement.redacting.packs import bundles_of, write_pack
from improvement.redacting.rows import write_without
from improvement.redacting.words import BadWords, Marks, Words
from plans.models import Board, Bundle, Evidence, RedactedFile, Redaction, RedactionKind, User

NO_REASON = "Say why it is taken out."
SAYS_THE_WORDS = "The reason holds the words themselves, and it is kept. Say it without them."
NO_FILE = "This piece of evidence has no file. Take out its link by its words."
GONE_ALREADY = "This file was taken out already."
STAFF_ONLY = "Only the site's staff take words and files out."
LEFT = "{what}: left as it is, to be looked at by hand"
# Rows in which each word stands by itself.
APART = "perhaps, left to be looked at"
PACKS, BUNDLES, SESSIONS = "packs", "bundles emptied", "sessions"


class DoneMeanwhile(Exception):
    """Somebody else took the same words out between looking and writing."""


def remove_words(
    words: Words, *, by: User, reason: str, board: Board | None = None, start: bool = True
) -> Redaction | None:
    """Puts a mark in the place of the words everywhere; None where they stand nowhere.

    With `board`, only on that board and in what is no board's. What is written while it looks is not seen:
    look again afterwards. With `start`, the packs' files are made and the database is written anew in the
    background once all is saved. Raises ValidationError.
    """
    today = timezone.localdate()
    reason = _checked(reason, by)
    check_reason(reason, words)
    try:
        marks = words.marks(today)
    except BadWords as error:
        raise ValidationError({"words": str(error)}) from error
    found = find_words(words, marks, board)
    if found.is_empty:
        return None
    apart = len(find_apart(words, board))
    try:
        with writing_over(), transaction.atomic():
            return _write(found, words, marks, by=by, reason=reason, apart=apart, start=start)
    except DoneMeanwhile:
        return None


def check_reason(reason: str, words: Words) -> None:
    """Raises ValidationError where the reason, which is kept, holds the words themselves."""
    if words.are_in(reason):
        raise ValidationError({"reason": SAYS_THE_WORDS})


def _checked(reason: str, by: User) -> str:
    if not (by.is_staff and by.is_active):
        raise ValidationError(STAFF_ONLY)
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON})
    return reason.strip()


def _write(
    found: Found, words: Words, marks: Marks, *, by: User, reason: str, apart: int, start: bool
) -> Redaction:
    redaction = Redaction(kind=RedactionKind.TEXT, marker=marks.long, reason=reason, by=by)
    redaction.full_clean(exclude=["places"])
    redaction.save()
    places: dict = {}
    for model, pks in found.rows.items():
        changed = list(write_without(model, pks, words, marks))
        add_places(places, model, changed, words)
        follow_texts(model, changed)
    sessions = sum(write_session(key, words, marks) for key in found.sessions)
    clear_cache(words)
    told = _counted(places.values())
    _write_files(redaction, found, words, marks, told)
    _write_packs(redaction, found, words, marks, told)
    told[""][SESSIONS] = sessions
    if not any(any(each.values()) for each in told.values()):
        raise DoneMeanwhile
    for file in found.by_hand:
        told[_key(file.board)][LEFT.format(what=file.what)] = 1
    told[""][APART] = apart
    _save_places(redaction, told)
    if start:
        _start(bool(found.packs))
    return redaction


def _start(has_packs: bool) -> None:
    """In processes of their own: the making of packs, and the writing of the database anew."""
    start_command("redact", "--clean")
    if has_packs:
        start_making()


def _counted(places: list[Place]) -> dict[str, dict[str, int]]:
    """Rows by place, by the board's id as a text; "" for what is no board's."""
    told = defaultdict(dict)
    for place in places:
        told[_key(place.board)][place.name] = place.rows
    return told


def _key(board: int | None) -> str:
    return "" if board is None else str(board)


def _write_files(redaction: Redaction, found: Found, words: Words, marks: Marks, told: dict) -> None:
    for file in found.rewritable:
        old, new = write_file(file, words, marks)
        if old == new:
            continue
        RedactedFile.objects.create(redaction=redaction, what=file.what, old_sha256=old, new_sha256=new)
        told[_key(file.board)][file.what] = 1


def _write_packs(redaction: Redaction, found: Found, words: Words, marks: Marks, told: dict) -> None:
    on = timezone.localdate(redaction.at)
    for pack in found.packs:
        digests = write_pack(pack, words, marks, by=redaction.by, reason=redaction.reason, on=on)
        if digests is None:
            continue
        old, new = digests
        RedactedFile.objects.create(
            redaction=redaction, what=str(pack), pack=pack, old_sha256=old, new_sha256=new
        )
        told[_key(pack.board_id)][PACKS] = told[_key(pack.board_id)].get(PACKS, 0) + 1
    _empty_bundles(found.bundles, told)


def _empty_bundles(pks: list[int], told: dict) -> None:
    bundles = Bundle.objects.filter(pk__in=pks, emptied_at=None)
    for board in bundles.values_list("board", flat=True):
        told[_key(board)][BUNDLES] = told[_key(board)].get(BUNDLES, 0) + 1
    bundles.empty()


def _save_places(redaction: Redaction, told: dict) -> None:
    redaction.places = {
        key: {name: rows for name, rows in places.items() if rows} for key, places in told.items()
    }
    redaction.places = {key: places for key, places in redaction.places.items() if places}
    redaction.save(update_fields=["places"])


def remove_file(evidence: Evidence, *, by: User, reason: str, start: bool = True) -> Redaction:
    """Puts a line of text in the place of a file of evidence; the piece stays. Raises ValidationError."""
    reason = _checked(reason, by)
    with writing_over(), transaction.atomic():
        evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
        today = timezone.localdate()
        mark = Marks(f"removed on {today.day} {today:%B %Y}").long
        if not evidence.filename or not hasattr(evidence, "file"):
            raise ValidationError(NO_FILE)
        if evidence.filename == f"{mark}.txt":
            raise ValidationError(GONE_ALREADY)
        redaction = Redaction(kind=RedactionKind.FILE, marker=mark, reason=reason, by=by)
        redaction.full_clean(exclude=["places"])
        redaction.save()
        old, new = empty_file(evidence, mark)
        what = f"File of evidence {evidence.pk}"
        RedactedFile.objects.create(redaction=redaction, what=what, old_sha256=old, new_sha256=new)
        told = defaultdict(dict, {_key(evidence.board_id): {what: 1}})
        _empty_bundles(bundles_of({old}), told)
        _save_places(redaction, told)
        if start:
            _start(has_packs=False)
    return redaction
