"""Check what a selection or a published lottery wrote, with the standard library alone.

Each check is one claim. All claims are looked at, and all that is wrong with each is listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sortition.audit.bundle.claims import bundle_claims
from sortition.audit.bundle.contents import read_bundle
from sortition.audit.bundle.receipts import read_receipt, receipt_claims, told_of_receipt
from sortition.audit.canonical import digest
from sortition.audit.claims import Check
from sortition.audit.log.purged import destroyed_files
from sortition.audit.lottery.checks import FEW_TICKETS
from sortition.audit.rounds.claims import history_claims
from sortition.audit.rounds.history import History, history_of_bundle, history_of_run
from sortition.audit.run.claims import run_claims
from sortition.audit.run.evidence import read_evidence
from sortition.audit.shapes.bundle import COMMITMENT
from sortition.audit.shapes.run import MANIFEST
from sortition.audit.told import announcements, told_of_bundle, told_of_rounds, told_of_run
from sortition.audit.unfinished import is_mixed
from sortition.errors import Finding, InputErrors


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was found.

    Attributes
    ----------
    checks : tuple of Check
    announced_file : str
        The file that stands for all others: the commitment of a published lottery, or the
        manifest of a selection.
    announced : str
        The SHA-256 of this file, which the organiser announces; empty if it is missing.
    last_event : str
        The digest of the last event of the log, which stands for all before it; empty without.
    told : tuple of Finding
        What is to be known before any claim is read: how much there is, and what cannot be checked.
    compared : bool
        Whether the digest was given that was announced of it, and of each round.
    uncompared : tuple of int
        The rounds whose digests were not given, though that of the first draw was.
    """

    checks: tuple[Check, ...]
    announced_file: str
    announced: str
    last_event: str
    told: tuple[Finding, ...]
    compared: bool
    uncompared: tuple[int, ...]

    @property
    def holds(self) -> bool:
        """Whether every claim was checked and nothing is wrong."""
        return all(check.findings == () for check in self.checks)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong, and all was checked that is claimed of so many tickets."""
        return all(check.findings == () for check in self.checks if check.name != FEW_TICKETS)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is wrong."""
        return tuple(finding for check in self.checks for finding in check.findings or ())


def examine(
    path: Path,
    *,
    announced: str | Sequence[str] | None = None,
    receipt: Path | None = None,
) -> Verification:
    """Check a folder that a selection or a lottery wrote, or its packed public or sealed part.

    Every claim is looked at, whatever was found about those before it.

    Parameters
    ----------
    path : Path
    announced : str or sequence of str, optional
        The digest of the commitment or the manifest, and of the announcements of rounds.
    receipt : Path, optional
        The file of a volunteer's receipt, to be checked as well.

    Raises
    ------
    InputErrors
        If it cannot be read, or there is a receipt and nothing was published.
    """
    if is_mixed(path):
        raise InputErrors((Finding(code="verify-mixed", file=str(path)),))
    given = [announced] if isinstance(announced, str) else [*(announced or ())]
    given = [digest.strip().lower() for digest in given]
    bundle = read_bundle(path)
    if bundle is not None:
        history = history_of_bundle(bundle)
        hers = None if receipt is None else read_receipt(receipt)
        of_rounds = announcements(history)
        uncompared = _uncompared(given, of_rounds)
        return Verification(
            checks=(
                *bundle_claims(bundle, _of_the_first(given, bundle.announced, of_rounds)),
                *_claims_after(history),
                *(receipt_claims(hers, bundle) if hers else ()),
            ),
            announced_file=COMMITMENT,
            announced=bundle.announced,
            last_event=bundle.events[-1].digest if bundle.events else "",
            told=(
                *told_of_bundle(bundle, compared=bool(given)),
                *told_of_rounds(history, given),
                *(told_of_receipt(hers, bundle) if hers else ()),
            ),
            compared=bool(given) and not uncompared,
            uncompared=uncompared,
        )
    if receipt is not None:
        raise InputErrors((Finding(code="receipt-nothing-published", file=str(path)),))
    evidence = read_evidence(path)
    manifest, history = evidence.contents.get(MANIFEST), history_of_run(path, evidence)
    found = "" if manifest is None else digest(manifest)
    of_rounds = announcements(history)
    first, uncompared = _of_the_first(given, found, of_rounds), _uncompared(given, of_rounds)
    return Verification(
        checks=(
            *run_claims(evidence, first, destroyed_files(history.events) if history else ()),
            *_claims_after(history),
        ),
        announced_file=MANIFEST,
        announced=found,
        last_event=history.events[-1].digest if history and history.events else "",
        told=(*told_of_run(evidence, compared=bool(given)), *told_of_rounds(history, given)),
        compared=bool(given) and not uncompared,
        uncompared=uncompared,
    )


def _of_the_first(given: Sequence[str], found: str, of_rounds: Mapping[int, str]) -> str | None:
    """Of the digests that were announced, the one that has to be that of the first draw."""
    if not given:
        return None
    of_nothing = [one for one in given if one != found and one not in of_rounds.values()]
    return next(iter(of_nothing), found if found in given else given[0])


def _uncompared(given: Sequence[str], of_rounds: Mapping[int, str]) -> tuple[int, ...]:
    """The rounds whose announcements were not compared, though something was."""
    return tuple(number for number, of_it in of_rounds.items() if given and of_it not in given)


def _claims_after(history: History | None) -> Iterator[Check]:
    if history is not None:
        yield from history_claims(history)
