"""The outcome of a verification, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Protocol

from sortition.errors import Finding
from sortition.texts import BLANK, describe
from sortition.texts.phrases import phrases
from sortition.texts.speech import SPOKEN

MOST_FINDINGS = 12
REHEARSALS = {"told-rehearsal", "told-rehearsal-published"}


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
    def uncompared(self) -> Sequence[int]: ...
    @property
    def last_event(self) -> str: ...


def outcome_lines(verdict: Verdict) -> Iterator[str]:
    """What it is about, one line for each claim, under it what is wrong, and the conclusion.

    All of it is in the language that is spoken.
    """
    language = SPOKEN.get()
    words = phrases(language)
    width = max(len(words[name]) for name in ("ok", "wrong", "unchecked")) + 2
    yield from (_sentence(finding, language) for finding in verdict.told)
    yield ""
    for check in verdict.checks:
        mark = "unchecked" if check.findings is None else "wrong" if check.findings else "ok"
        yield f"{words[mark]:<{width}}{describe(Finding(code=check.name), language)}"
        found = check.findings or ()
        for finding in found[:MOST_FINDINGS]:
            yield f"{'':{width + 2}}{_sentence(finding, language)}"
        if len(found) > MOST_FINDINGS:
            more = words["more_findings"].format(count=len(found) - MOST_FINDINGS)
            yield f"{'':{width + 2}}{more}"
    yield ""
    if verdict.announced:
        yield words["digest_of"].format(file=verdict.announced_file, digest=verdict.announced)
    if verdict.last_event:
        yield words["last_event"].format(event=verdict.last_event)
    yield conclusion(verdict, language)


def conclusion(verdict: Verdict, language: str = "en") -> str:
    """All of it in one sentence, which never says more than was checked."""
    found = [check.findings for check in verdict.checks]
    wrong, unchecked = sum(map(bool, found)), found.count(None)
    name = "all_hold" if verdict.compared else "hold_for_these"
    if verdict.uncompared:
        name = "rounds_not_compared"
    if wrong or unchecked:
        name = "some_wrong"
    if any(check.name == "check-announced" and check.findings for check in verdict.checks):
        name = "not_announced"
    words, rounds = phrases(language), ", ".join(map(str, verdict.uncompared))
    said = words[name].format(claims=len(found), wrong=wrong, unchecked=unchecked, rounds=rounds)
    trial = any(finding.code in REHEARSALS for finding in verdict.told)
    return f"{words['rehearsal']} {said}" if trial else said


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


def _sentence(finding: Finding, language: str = "en") -> str:
    """A finding in words, also where somebody left blank what the sentence is about."""
    return describe(replace(finding, value=finding.value or BLANK), language)
