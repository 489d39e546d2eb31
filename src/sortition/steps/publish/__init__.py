"""A lottery that is published before it is drawn.

In: pool and quotas; later, what the source of chance said. Out: a folder with a public part, in
which tokens stand for ids, and a sealed one. Nothing that is public may say who has which values.
"""

from sortition.steps.publish.draw import chosen_outcome
from sortition.steps.publish.instances import instance_of
from sortition.steps.publish.publishing import renamed

__all__ = ["chosen_outcome", "instance_of", "renamed"]
