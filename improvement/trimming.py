"""Templates are indented for who reads them; pages are sent without that white space."""

import re

from django.template.loaders.filesystem import Loader

INDENTED = re.compile(r"\s*\n\s*")


class TrimmingLoader(Loader):
    """Loads the site's own templates of pages with no line indented and none empty."""

    def get_contents(self, origin):
        contents = super().get_contents(origin)
        return INDENTED.sub("\n", contents.strip()) if origin.name.endswith(".html") else contents
