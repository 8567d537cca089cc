"""Takes words or a file out everywhere, for what should never have been written; they are kept nowhere."""
