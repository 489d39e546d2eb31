"""Population figures as statistical offices export them: areas, times, totals, ages."""
