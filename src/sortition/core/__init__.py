"""The mathematics: from an instance to the fairest lottery.

In: people by type, quotas, an objective. Out: expected counts with their proof, panels, tickets.
Nothing here reads a file, says a word or prints. `sortition.core.fairest` puts the rooms together.
"""
