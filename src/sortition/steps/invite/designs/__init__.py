"""How letters are shared out: strata, overlays, clusters, two stages; in whole numbers."""
