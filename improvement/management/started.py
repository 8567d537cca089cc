"""Commands that the server or cron starts, whose standard error is the journal."""

import logging
import sys

from django.core.management.base import BaseCommand, CommandError

log = logging.getLogger("improvement.commands")


class StartedCommand(BaseCommand):
    """Ends on an error with status 1 and a line of the log, which has no words of the error."""

    # It starts while somebody waits for a page.
    requires_system_checks = ()

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except CommandError:
            raise
        except Exception:
            log.exception("%s stopped on an error", type(self).__module__.rpartition(".")[2])
            sys.exit(1)
