from django.core.management.base import BaseCommand, CommandError

from plans.services.second_steps import reseal_second_steps
from plans.wording.phrases import plural

LOST = (
    "{} could not be opened. Put the key that sealed them into SECRET_KEY_FALLBACKS or MFA_KEY and run this "
    "again, or delete them under Authenticators in /admin/: their owners then set up new ones."
)


class Command(BaseCommand):
    help = "Seals the secrets of authenticator apps and recovery codes anew, under the newest key."

    def handle(self, *args, **options):
        sealed, lost = reseal_second_steps()
        self.stdout.write(f"{plural(sealed, 'secret')} sealed under the newest key.")
        if lost:
            raise CommandError(LOST.format(plural(lost, "secret")))
