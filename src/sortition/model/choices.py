"""What a selection can be told to use."""

from typing import Literal

# what looks at the chances within the pool alone, and what looks beyond it
PoolObjective = Literal["leximin", "maximin", "nash", "minimax", "goldilocks"]
ObjectiveName = Literal[PoolObjective, "population"]
Toward = Literal["pool", "population"]
SolverName = Literal["highs", "cbc"]
Language = Literal["en", "da"]
DrawSource = Literal["drawn", "seed"]
