"""An intake for programs: ``intake.json``, with nothing of anybody."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sortition.pages.printed import printed
from sortition.steps.intake.result import Intake
from sortition.steps.intake.told import columns, files, left_out, values, without
from sortition.texts import describe

SCHEMA = "sortition-intake/1"


def intake_json(intake: Intake) -> bytes:
    """An intake as a JSON document: figures, words of the quotas, questions and names of files.

    Returns
    -------
    bytes
        UTF-8, indented by one space, with a final newline.
    """
    options = intake.options
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "inputs": [
            {"what": what, "file": name, "sha256": digest} for what, name, digest in files(intake)
        ],
        "options": {
            "size": options.size,
            "age_on": intake.files.day.isoformat() if intake.files.day else None,
            "same": options.same,
            "code_for": options.code_for if options.invited else None,
        },
        "rows": sum(one.own.sheet.table.size for one in intake.files.answers),
        "blank_rows": intake.blank_rows,
        "answers": len(intake.given),
        "people": len(intake.people),
        "answered_more_than_once": len(intake.several),
        "left_out": [
            {"reason": one.reason, "detail": one.detail, "people": count}
            for one, count in left_out(intake)
        ],
        "asked_again": len(intake.to_ask),
        "pool": len(intake.pool),
        "without_code": intake.invitations.by_other if intake.invitations else None,
        "not_answered": (
            sum(len(frame.silent) for frame in intake.missing) if intake.missing else None
        ),
        "frames": [
            {
                "list": frame.invited.sheet.file,
                "asked": frame.asked,
                "answered": frame.answered,
                "pool": len(intake.drawable(frame)),
            }
            for frame in intake.missing
        ],
        "asked": [
            {
                "list": frame.invited.sheet.file,
                "feature": feature,
                "value": one.values[0],
                "asked": one.asked,
                "answered": one.answered,
            }
            for frame in intake.missing
            for feature in frame.features
            for one in frame.groups(feature)
        ],
        "columns": [asdict(one) for one in columns(intake)],
        "values": {
            feature: [
                {**asdict(one), "words": [{"word": word, "people": n} for word, n in one.words]}
                for one in told
            ]
            for feature, told in values(intake).items()
        },
        "without_value": [asdict(one) for one in without(intake)],
        "added": [
            {
                "feature": one.quota.feature,
                "value": one.quota.value,
                "min": one.quota.lower,
                "max": one.quota.upper,
                "people": one.people,
            }
            for one in intake.added
        ],
        "assumed": list(map(describe, intake.assumed)),
    }
    return printed(document)
