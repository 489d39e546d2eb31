"""The outcome of a verification, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Protocol

from sortition.errors import Finding
from sortition.texts import BLANK, describe

MOST_FINDINGS = 12


class Claim(Protocol):
    """A claim by its name, and what is wrong with it; None if it could not be checked."""

    @property
    def name(self) -> str: ...
    @property
    def findings(self) -> Sequence[Finding] | None: ...


class Verdict(Protocol):
    """What a verification found; see `audit.verify.Verification`."""

    @property
    def told(self) -> Sequence[Finding]: ...
    @property
    def checks(self) -> Sequence[Claim]: ...
    @property
    def announced_file(self) -> str: ...
    @property
    def announced(self) -> str: ...
    @property
    def compared(self) -> bool: ...
    @property
    def last_event(self) -> str: ...


def outcome_lines(verdict: Verdict) -> Iterator[str]:
    """What it is about, one line for each claim, under it what is wrong, and the conclusion."""
    yield from map(_sentence, verdict.told)
    yield ""
    for check in verdict.checks:
        mark = "?" if check.findings is None else "WRONG" if check.findings else "ok"
        yield f"{mark:<7}{describe(Finding(code=check.name))}"
        found = check.findings or ()
        yield from (f"{'':9}{_sentence(finding)}" for finding in found[:MOST_FINDINGS])
        if len(found) > MOST_FINDINGS:
            yield f"{'':9}and {len(found) - MOST_FINDINGS} more"
    yield ""
    if verdict.announced:
        yield f"SHA-256 of {verdict.announced_file}: {verdict.announced}"
    if verdict.last_event:
        yield f"Last event of the log: {verdict.last_event}"
    yield conclusion(verdict)


def conclusion(verdict: Verdict) -> str:
    """All of it in one sentence, which never says more than was checked."""
    found = [check.findings for check in verdict.checks]
    wrong, unchecked = sum(map(bool, found)), found.count(None)
    if wrong or unchecked:
        return f"Of {len(found)} claims, {wrong} are wrong and {unchecked} could not be checked."
    if verdict.compared:
        return f"All {len(found)} claims hold, for the files that were announced."
    return (
        f"These {len(found)} claims hold for the files given. Whether these are the files that "
        "were announced was not checked: give --announced SHA256."
    )


def outcome_json(verdict: Verdict) -> str:
    """The same as a JSON document, with every finding as data and in words."""
    document = {
        "announced": {
            "file": verdict.announced_file,
            "sha256": verdict.announced,
            "compared": verdict.compared,
        },
        "last_event": verdict.last_event,
        "told": [_in_words(finding) for finding in verdict.told],
        "checks": [
            {
                "check": check.name,
                "outcome": "unchecked"
                if check.findings is None
                else "wrong"
                if check.findings
                else "ok",
                "findings": [_in_words(finding) for finding in check.findings or ()],
            }
            for check in verdict.checks
        ],
        "conclusion": conclusion(verdict),
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _in_words(finding: Finding) -> dict[str, object]:
    return {**asdict(finding), "sentence": _sentence(finding)}


def _sentence(finding: Finding) -> str:
    """A finding in words, also where somebody left blank what the sentence is about."""
    return describe(replace(finding, value=finding.value or BLANK))
