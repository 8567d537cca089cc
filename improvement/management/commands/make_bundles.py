from django.core.management.base import CommandError

from improvement.bundles.making import drop_old, make_bundle, make_outstanding
from improvement.management.started import StartedCommand
from plans.models import Bundle, PackState


class Command(StartedCommand):
    help = "Makes an inspector's bundle, or all that wait; removes those of thirty days ago. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("bundle", nargs="?", type=int, metavar="ID", help="one bundle; without it all")

    def handle(self, *args, **options):
        drop_old()
        for bundle in self._tried(options["bundle"]):
            bundle.refresh_from_db(fields=["state", "trouble"])
            said = "ready" if bundle.state == PackState.READY else bundle.trouble
            self.stdout.write(f"{bundle}: {said}")

    def _tried(self, pk):
        if pk is None:
            return make_outstanding()
        bundle = Bundle.objects.filter(pk=pk).first()
        if bundle is None:
            raise CommandError(f"There is no bundle {pk}.")
        make_bundle(bundle)
        return [bundle]
