from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from improvement.digests.sending import send_digests
from plans.wording.phrases import plural


class Command(BaseCommand):
    help = "Emails each person once a meeting or month what waits for them. Run it every day."

    def add_arguments(self, parser):
        parser.add_argument("--today", default="", metavar="YYYY-MM-DD", help="send as on this day")

    def handle(self, *args, **options):
        if settings.PRODUCTION and not (settings.EMAIL_HOST and settings.SITE_URL.startswith("https://")):
            raise CommandError(
                "Set EMAIL_HOST, and SITE_URL to the site's https:// address, then run this again."
            )
        try:
            outcome = send_digests(self._day(options["today"]))
        except OSError as error:
            raise CommandError(f"The mail server can't be reached: {error}. Run this again later.") from error
        self.stdout.write(f"{plural(outcome.sent, 'reminder')} sent.")
        for user, error in outcome.failed:
            self.stderr.write(f"{user.email}: {error}")
        if outcome.failed:
            failed = plural(len(outcome.failed), "reminder")
            raise CommandError(f"{failed} could not be sent. Run this again to try again.")

    def _day(self, text):
        try:
            return date.fromisoformat(text) if text else timezone.localdate()
        except ValueError as error:
            raise CommandError(f"“{text}” is no day. Write it as 2026-03-27.") from error
