"""The process that makes a pack's files, killed after each file in turn."""

import hashlib
import signal
import subprocess

from improvement.packs.closing import close_papers
from improvement.packs.making import make_outstanding
from plans.models import Pack, PackState
from tests.factories import make_meeting
from tests.faults.scene import make_scene
from tests.faults.serving import command


def kinds_of(pack):
    """The kinds of the files that are there; every one is whole."""
    files = list(pack.files.order_by("kind"))
    assert [hashlib.sha256(bytes(file.content)).hexdigest() for file in files] == [
        file.sha256 for file in files
    ]
    return [file.kind for file in files]


def test_a_file_is_whole_or_not_there_and_the_rest_is_made_the_next_time(scratch):
    scene = make_scene()
    pack = close_papers(make_meeting(scene.board), scene.plan, by=scene.editor, start=False)
    seen = []
    # The second write is that of the first file; later the third is that of the first or second one lacking.
    for after in (2, 3, 3, 3):
        words = ("-m", "tests.faults.dying", str(after), "make_packs", str(pack.pk))
        made = subprocess.run(**command(scratch.url, *words))
        assert made.returncode == -signal.SIGKILL, made.stderr
        seen.append((Pack.objects.get().state, kinds_of(pack)))
    assert seen == [
        (PackState.MAKING, []),
        (PackState.MAKING, ["html"]),
        (PackState.MAKING, ["html", "xlsx"]),
        (PackState.READY, ["html", "pdf", "xlsx"]),
    ]
    assert make_outstanding() == []
