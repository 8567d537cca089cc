"""Files in one archive that is the same for the same files: in order, none with a time of its own."""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping

# The first moment that an archive can hold.
MOMENT = (1980, 1, 1, 0, 0, 0)
MANIFEST = "manifest.txt"
SAVED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
SAVED_IN = "docProps/core.xml"


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def zipped(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, files[name])
    return made.getvalue()


def without_times(workbook: bytes) -> bytes:
    """A workbook as it would be, whenever it was saved; its parts stay in their order."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.infolist():
            content = old.read(each)
            if each.filename == SAVED_IN:
                content = SAVED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", content)
            member = zipfile.ZipInfo(each.filename, MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, content)
    return made.getvalue()


def manifest(title: str, files: Mapping[str, bytes]) -> bytes:
    """The files with their digests in lines that `sha256sum -c` reads; what begins with # is for people."""
    lines = [
        f"# {title}",
        "# The files of this bundle, each after its SHA-256 digest. This list itself is not in it.",
        *(f"{digest_of(files[name])}  {name}" for name in sorted(files)),
    ]
    return ("\n".join(lines) + "\n").encode()
