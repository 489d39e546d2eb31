"""The pools that everybody measures with, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from sortition.bench.choices import SeriesName
from sortition.bench.pools import InventedPool, two_features, volunteers

Make = Callable[[], InventedPool]

POOLS: Mapping[str, Make] = {
    # as large as the fixture of the peer's own tests, whose run is our unit of time
    "fixture-150": partial(volunteers, people=150, seats=22, features=4, width=2),
    # as the examples published with the method (Flanigan and others, Nature 596, 2021)
    "small": partial(two_features, people=200, seats=20),
    "large": partial(two_features, people=2000, seats=200),
    "skew-400": partial(volunteers, people=400, seats=40, features=6, width=3, household_share=0.1),
    "skew-1000": partial(
        volunteers, people=1000, seats=60, features=7, width=2, household_share=0.1
    ),
    "tight-1727": partial(volunteers, people=1727, seats=110, features=7, width=1),
    "loose-1727": partial(volunteers, people=1727, seats=110, features=7, width=3),
    "20k": partial(volunteers, people=20_000, seats=200, features=7, width=2),
    "100k": partial(volunteers, people=100_000, seats=1000, features=5, width=3),
}
QUICK = ("fixture-150", "small", "large", "skew-400", "skew-1000")

_PEOPLE = (250, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
_SEATS = (25, 50, 100, 200, 400, 800)
_FEATURES = (1, 2, 3, 4, 5, 6, 7)
_WIDTHS = (1, 2, 3, 4, 6, 8)
SERIES: Mapping[SeriesName, Mapping[str, Make]] = {
    "people": {
        f"people-{n}": partial(volunteers, people=n, seats=50, features=5, width=2) for n in _PEOPLE
    },
    "seats": {
        f"seats-{k}": partial(volunteers, people=5000, seats=k, features=5, width=2) for k in _SEATS
    },
    "features": {
        f"features-{f}": partial(volunteers, people=2000, seats=100, features=f, width=2)
        for f in _FEATURES
    },
    "width": {
        f"width-{w}": partial(volunteers, people=1727, seats=110, features=7, width=w)
        for w in _WIDTHS
    },
}
