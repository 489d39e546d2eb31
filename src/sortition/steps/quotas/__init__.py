"""Quotas from official figures. In: tables of a population. Out: a quota file with its sources."""
