"""The inspector's bundle: all that stands behind a plan, an area or a recommendation, as one zip of files."""
