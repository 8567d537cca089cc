"""A board with all that belongs to it: found, copied into a file, read from one, and removed."""
