"""What a selection can be told to use."""

from typing import Literal

ObjectiveName = Literal["leximin", "maximin", "nash", "minimax", "goldilocks"]
SolverName = Literal["highs", "cbc"]
Language = Literal["en", "da"]
DrawSource = Literal["drawn", "seed"]
