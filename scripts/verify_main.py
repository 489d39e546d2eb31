"""Check a run of sortition: what ``verify.pyz`` does when it is started.

An old Python must get as far as the sentence below, so nothing here is newer than that.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file is run by whatever Python is there
    print("verify.pyz needs Python 3.11 or later.", file=sys.stderr)
    sys.exit(2)

import argparse
from io import TextIOWrapper
from pathlib import Path

from sortition.audit.verify import examine
from sortition.errors import InputErrors
from sortition.texts import describe
from sortition.texts.outcomes import outcome_json, outcome_lines


def main() -> int:
    """Print what was found; 0 if everything holds, 1 if not, 2 if the folder cannot be read."""
    parser = argparse.ArgumentParser(prog="verify.pyz", description="Check a run of sortition.")
    parser.add_argument(
        "bundle",
        metavar="BUNDLE",
        type=Path,
        help="the folder of a run or of a published lottery, or a packed bundle",
    )
    parser.add_argument(
        "--announced",
        metavar="SHA256",
        action="append",
        help="the digest that was announced; again for that of each round",
    )
    parser.add_argument("--receipt", metavar="FILE", type=Path, help="a volunteer's receipt")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    asked = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal may lack the letters of an id
            stream.reconfigure(errors="backslashreplace")
    try:
        verification = examine(asked.bundle, announced=asked.announced, receipt=asked.receipt)
    except InputErrors as errors:
        print(*map(describe, errors.faults), sep="\n", file=sys.stderr)
        return 2
    if asked.json:
        print(outcome_json(verification))
    else:
        print(*outcome_lines(verification), sep="\n")
    return 0 if verification.holds else 1


if __name__ == "__main__":
    sys.exit(main())
