"""Reminders by email: one to a person and period, of what waits for them on their boards."""
