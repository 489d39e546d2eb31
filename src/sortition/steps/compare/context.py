"""What a comparison says beyond the figures: the files, the options and the software."""

from __future__ import annotations

from dataclasses import dataclass

from sortition.pages.context import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareContext(Origin):
    """Where a comparison comes from: files under ``pool`` and ``quotas``, and goldilocks' gamma."""

    gamma: float
