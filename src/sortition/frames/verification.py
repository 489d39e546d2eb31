"""What a selection or a published lottery claims, looked at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from sortition.audit.claims import Check
from sortition.audit.verify import Verification, examine
from sortition.errors import Finding
from sortition.folders.settling import steadily
from sortition.frames.showing import Shown, findings_frame
from sortition.frames.sources import Place
from sortition.frames.telling import in_python, said, telling
from sortition.texts.outcomes import conclusion

WRONG, UNCHECKED, HOLDS = "wrong", "unchecked", "holds"


class VerificationResult(Shown):
    """Every claim and what was found of it; true if all of them hold. See `verify`.

    `claims` has a row a claim, `findings` what is wrong, `announced` the digest to compare.

    Examples
    --------
    >>> import sortition
    >>> samples = "data/samples/pool.csv", "data/samples/quotas.csv"
    >>> folder = sortition.lottery(*samples, size=36).draw(seed="1").save("panel")
    >>> verified = sortition.verify(folder)
    >>> set(verified.claims["outcome"])
    {'holds'}
    >>> bool(sortition.verify(folder, announced=verified.announced))
    True
    """

    def __init__(self, verification: Verification) -> None:
        """Made by `sortition.verify`."""
        self._verification = verification

    def __bool__(self) -> bool:
        return self._verification.holds

    @property
    def claims(self) -> pd.DataFrame:
        """A row a claim: what it says, and whether it holds."""
        rows = [(check.name, _said(check), _outcome(check)) for check in self._verification.checks]
        return pd.DataFrame(rows, columns=["claim", "said", "outcome"])

    @property
    def findings(self) -> pd.DataFrame:
        """What is wrong, a row each."""
        return findings_frame(self._verification.findings)

    @property
    def announced(self) -> str:
        """The digest that an organiser announces of this folder."""
        return self._verification.announced

    def _headline(self) -> str:
        return in_python(conclusion(self._verification))

    def _facts(self) -> Mapping[str, str]:
        claims, verification = self.claims, self._verification
        worst = WRONG if WRONG in set(claims["outcome"]) else UNCHECKED
        amiss = claims[claims["outcome"] == worst]
        return {
            f"SHA-256 of {verification.announced_file}": verification.announced,
            **dict(zip(amiss["claim"], amiss["said"], strict=True)),
        }


@telling
def verify(
    path: Place, *, announced: str | None = None, resolve: bool = False
) -> VerificationResult:
    """Check a folder that a selection or a lottery wrote, or its packed public or sealed part.

    Parameters
    ----------
    path : str or PathLike
        A folder, or a ZIP of one of its parts.
    announced : str, optional
        The digest that the organiser announced.
    resolve : bool
        Solve again as well, and compare everybody's chance.

    Returns
    -------
    VerificationResult
        True if every claim was checked and holds.

    Raises
    ------
    InputErrors
        If it cannot be read.

    Examples
    --------
    >>> import sortition
    >>> samples = "data/samples/pool.csv", "data/samples/quotas.csv"
    >>> folder = sortition.lottery(*samples, size=36).draw(seed="1").save("panel-2026")
    >>> bool(sortition.verify(folder))
    True
    """
    verification = steadily(Path(path), partial(examine, Path(path), announced=announced))
    if resolve:
        from sortition.steps.publish.resolve import (  # noqa: PLC0415 -- needs a solver
            with_resolution,
        )

        verification = with_resolution(verification, Path(path))
    return VerificationResult(verification)


def _outcome(check: Check) -> str:
    if check.findings is None:
        return UNCHECKED
    return WRONG if check.findings else HOLDS


def _said(check: Check) -> str:
    return said(Finding(code=check.name))
