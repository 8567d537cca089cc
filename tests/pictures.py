"""Makes the pictures of docs/importing.md again: `make pictures`.

A site of its own in a temporary folder reads the demonstration's workbook of 2020 and then a changed copy.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
WORKBOOK = ROOT / "fixtures" / "recovery-plan-2020.xlsx"
EMAIL, PASSWORD = "administrator@example.org", "a long password"
# So high that the bar at the foot of a page covers nothing.
WIDTH, HEIGHT = 1000, 6000
COLOURS, PATIENCE = 32, 60
MARGIN = 16
MAKE_BOARD = f"""
from plans.models import Role, User
from plans.services.people import create_board, set_role
person = User.objects.create_user("{EMAIL}", "Ada Finch", "{PASSWORD}")
board = create_board("Teesmere Borough Council", "Improvement board", "teesmere", by=person)
set_role(board, person, Role.ADMINISTRATOR, by=person)
"""
TARGET, RATING = 7, 8


@contextmanager
def site(folder):
    """The address of a server with one board and its administrator."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    variables = os.environ | {"DATABASE_URL": f"sqlite:///{folder / 'plans.sqlite3'}"}

    def command(*words):
        return [sys.executable, ROOT / "manage.py", *words]

    subprocess.run(command("migrate", "--verbosity", "0"), env=variables, check=True)
    subprocess.run(command("shell", "--verbosity", "0", "--command", MAKE_BOARD), env=variables, check=True)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command("runserver", address, "--noreload"), env=variables, **quiet)
    try:
        wait_for(f"http://{address}/healthz")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait()


def wait_for(address):
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            return urlopen(address)
        except URLError:
            time.sleep(0.2)
    raise TimeoutError(address)


def change(folder):
    """A copy in which a month has gone by, some of it written so that nobody can know what is meant."""
    book = load_workbook(WORKBOOK)
    sheet = book.worksheets[0]
    sheet.cell(6, RATING).value = "Amber"
    sheet.cell(7, TARGET).value = "End May 2020"
    sheet.cell(8, RATING).value = "Nearly there"
    sheet.cell(11, TARGET).value = "31 February 2020"
    sheet.cell(12, 1).value = "2"
    book.worksheets[2].cell(2, 5).value = "about forty"
    path = folder / "recovery-plan-february.xlsx"
    book.save(path)
    return path


def upload(page, path):
    page.goto("/boards/teesmere/imports/new/")
    page.get_by_label("The workbook").set_input_files(path)


def send(page):
    page.get_by_role("button", name="Upload and check").click()
    page.get_by_role("heading", name="Check what we understood").wait_for()


def apply(page):
    page.get_by_role("button", name="Apply to the board").first.click()
    page.get_by_role("link", name="Undo this import").wait_for()


def take(page, name, *, part=None, height=None):
    """A picture of the part of the page under this heading, or of its main part, cut at `height`."""
    place = page.locator(f"section[aria-labelledby={part}]") if part else page.locator("main")
    box = place.bounding_box()
    around = MARGIN if part else 0
    clip = {
        "x": box["x"] - around,
        "y": box["y"] - around,
        "width": box["width"] + 2 * around,
        "height": min(box["height"], height or box["height"]) + around,
    }
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, clip=clip, full_page=True)
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


def tell(page, folder):
    page.goto("/account/login/")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    upload(page, WORKBOOK)
    take(page, "upload", height=430)
    send(page)
    take(page, "check", height=460)
    take(page, "columns", part="columns", height=430)
    apply(page)
    take(page, "applied", height=330)
    upload(page, change(folder))
    send(page)
    take(page, "again", height=440)
    for part in ("trouble", "ratings", "moves", "lost"):
        take(page, part, part=part)
    for reason in page.get_by_label("Reason for moving").all():
        reason.fill("The board agreed it on 4 February")
    apply(page)
    page.get_by_role("link", name="Undo this import").click()
    take(page, "undo", height=310)


def main():
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, site(Path(name)) as address, sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(base_url=address, viewport={"width": WIDTH, "height": HEIGHT})
        tell(page, Path(name))
        browser.close()


if __name__ == "__main__":
    main()
