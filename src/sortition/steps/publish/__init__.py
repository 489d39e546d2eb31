"""A lottery that is published before it is drawn.

In: pool and quotas; later, what the source of chance said. Out: a folder with a public part, in
which tokens stand for ids, and a sealed one. Nothing that is public may say who has which values.
"""

from sortition.steps.publish.drawing import restored_lottery
from sortition.steps.publish.instances import instance_of
from sortition.steps.publish.publishing import renamed
from sortition.steps.publish.sources import chosen_outcome, known_already, promised, still_to_come

__all__ = [
    "chosen_outcome",
    "instance_of",
    "known_already",
    "promised",
    "renamed",
    "restored_lottery",
    "still_to_come",
]
