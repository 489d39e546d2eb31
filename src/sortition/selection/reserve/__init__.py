"""Alternates: the reserve that leaves a panel closest to its quotas when people drop out."""
