from django.core.management.base import CommandError

from improvement.management.started import StartedCommand
from improvement.packs.making import make_outstanding, make_pack
from plans.models import Pack, PackState


class Command(StartedCommand):
    help = "Makes the files of a pack, or of all packs that wait for theirs. Safe to run twice and at once."

    def add_arguments(self, parser):
        parser.add_argument("pack", nargs="?", type=int, metavar="ID", help="one pack; without it all")

    def handle(self, *args, **options):
        for pack in self._tried(options["pack"]):
            pack.refresh_from_db(fields=["state", "trouble"])
            said = "ready" if pack.state == PackState.READY else pack.trouble
            self.stdout.write(f"{pack} of {pack.plan}: {said}")

    def _tried(self, pk):
        if pk is None:
            return make_outstanding()
        pack = Pack.objects.filter(pk=pk).first()
        if pack is None:
            raise CommandError(f"There is no pack {pk}.")
        make_pack(pack)
        return [pack]
