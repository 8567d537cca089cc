"""What a page needs on which Plotly may draw: two more style hashes in its policy."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.utils.decorators import method_decorator

# Plotly fills a style element that it makes empty (the hash of nothing), and adds that of its map library.
PLOTLY_STYLES = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o='",
)
allow_plotly = method_decorator(csp_update({"style-src": [SELF, *PLOTLY_STYLES]}), name="dispatch")
