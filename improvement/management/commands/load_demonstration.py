from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from improvement.demonstration import PASSWORD
from improvement.demonstration.loading import load_demonstration
from plans.models import Board, User

WHO = ("administrator", "editor", "lead", "chair", "member")


class Command(BaseCommand):
    help = "Loads the demonstration into an empty database and says how to sign in."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where anything has been entered"
        )

    def handle(self, *args, **options):
        if settings.PRODUCTION:
            raise CommandError(
                "The demonstration's password is known to all: it is not for a site with PRODUCTION=1."
            )
        if Board.objects.exists() or User.objects.exists():
            if not options["if_empty"]:
                raise CommandError("The database is not empty, so the demonstration was not loaded.")
        else:
            self.stdout.write("Loading the demonstration...")
            load_demonstration()
        self.say_how_to_sign_in()

    def say_how_to_sign_in(self):
        self.stdout.write("\nOpen http://127.0.0.1:8000/ in a browser.")
        if User.objects.filter(email="administrator@example.org").exists():
            people = ", ".join(f"{name}@example.org" for name in WHO)
            self.stdout.write(f"Sign in as {people}.\nThe password of each is: {PASSWORD}\n")
