"""What a measurement can be told to use."""

from typing import Literal

PeerName = Literal["sortition-algorithms"]
SeriesName = Literal["people", "seats", "features", "width"]
