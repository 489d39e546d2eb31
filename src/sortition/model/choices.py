"""What a selection can be told to use."""

from typing import Literal

ObjectiveName = Literal["leximin", "maximin"]
SolverName = Literal["highs", "cbc"]
Language = Literal["en", "da"]
