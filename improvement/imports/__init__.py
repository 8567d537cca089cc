"""Workbooks brought in: every sheet reader together, and what the pages say of it."""
