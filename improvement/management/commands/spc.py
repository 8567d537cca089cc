import json
import sys

from django.core.management.base import BaseCommand

from impact.spc_series import answer_line


class Command(BaseCommand):
    help = "Reads a JSON series a line from standard input; prints its control chart's answer, one a line."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", required=True, help="print one JSON object a line")

    def handle(self, *args, **options):
        for line in sys.stdin.buffer:
            answer = answer_line(line.decode("utf-8-sig", errors="replace"))
            self.stdout.write(json.dumps(answer, allow_nan=False))
            self.stdout.flush()
