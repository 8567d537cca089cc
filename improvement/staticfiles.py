"""Static files out of installed packages, so that no copy of them is kept here."""

import importlib.util
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import Error
from django.core.files.storage import FileSystemStorage


class PackageFileFinder(BaseFinder):
    """Finds what settings.PACKAGE_STATIC names: (package, folder in it, names of files, prefix here)."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.files = {}
        for package, folder, names, prefix in settings.PACKAGE_STATIC:
            # Looks the package up without importing it.
            found = importlib.util.find_spec(package)
            storage = FileSystemStorage(location=Path(found.origin).parent / folder if found else None)
            storage.prefix = prefix
            self.files |= {f"{prefix}/{name}": (name, storage) for name in names}
        super().__init__(*args, **kwargs)

    def find(self, path, find_all=False, **kwargs):
        name, storage = self.files.get(path, (None, None))
        if storage is None or not storage.exists(name):
            return []
        return [storage.path(name)] if find_all else storage.path(name)

    def list(self, ignore_patterns):
        for name, storage in self.files.values():
            if not matches_patterns(name, ignore_patterns):
                yield name, storage

    def check(self, **kwargs):
        return [
            Error(f"The file {path} is missing from its package. Install the requirements again.")
            for path, (name, storage) in self.files.items()
            if not storage.exists(name)
        ]
