"""Leads: whom the words of a lead cell name, and when two names are the same lead. Words in, values out."""

from .splitting import lead_key, split_leads

__all__ = ["lead_key", "split_leads"]
