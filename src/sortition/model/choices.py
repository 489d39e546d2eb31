"""What can be chosen by name. The commands offer it, so nothing is loaded for it."""

from typing import Literal

# what looks at the chances within the pool alone, and what looks beyond it
PoolObjective = Literal["leximin", "maximin", "nash", "minimax", "goldilocks"]
ObjectiveName = Literal[PoolObjective, "population"]
Toward = Literal["pool", "population"]
SolverName = Literal["highs", "cbc"]
# Norwegian is for the report of a selection and the page that checks a lottery
BothLanguages = Literal["en", "da"]
Language = Literal[BothLanguages, "nb"]
DrawSource = Literal["drawn", "seed"]
# how much of the chances a published lottery tells
Share = Literal["chances", "groups", "none"]
# how many letters are planned for the answers that are needed
Method = Literal["plain", "guaranteed", "beta-binomial"]
# how letters are shared out, and what happens where there are fewer people than letters
DesignName = Literal[
    "simple", "hamilton", "sainte-lague", "neyman", "response-adjusted", "pps", "two-stage"
]
Short = Literal["fail", "take-all", "reallocate"]
# what a letter is about, from the invitation to the seat
Kind = Literal["invitation", "reminder", "yes", "no", "reserve", "replacement"]
