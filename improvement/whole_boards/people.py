"""The people of a board's copy: found here by their email address, else made without a way to sign in."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models.functions import Lower

from improvement.backups import BackupError
from plans.models import User


@dataclass
class People:
    """`users` in the order of the copy; `new` those of them who had no account here."""

    users: list[User] = field(default_factory=list)
    new: list[User] = field(default_factory=list)


def bring_people(told: Iterable[tuple[str, str, bool]]) -> People:
    """(email, name, on the board?) of each. A member who is new may be invited; whoever is only named in
    what was written has a closed account."""
    told = list(told)
    known = {user.lowered: user for user in User.objects.annotate(lowered=Lower("email"))}
    people = People()
    for email, name, is_member in told:
        user = known.get(email.lower())
        if user is None:
            user = _made(email, name, is_member)
            people.new.append(user)
        people.users.append(user)
    return people


def _made(email: str, name: str, is_member: bool) -> User:
    try:
        return User.objects.create_user(email.lower(), name, is_active=is_member)
    except ValidationError as error:
        reason = " ".join(error.messages)
        raise BackupError(f"{email} can be no account here: {reason} Nothing was brought in.") from error
