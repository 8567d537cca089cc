from django.core.management.base import BaseCommand

from improvement.feeds.describing import guide_lines


class Command(BaseCommand):
    help = "Prints the data sets of the feed with their fields, for the end of docs/data-feed.md."

    def handle(self, *args, **options):
        self.stdout.write("\n".join(guide_lines()), ending="\n")
