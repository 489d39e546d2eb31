"""One run of the peer from files to files, by the Python of the peer's environment.

``python peer_driver.py POOL QUOTAS SIZE ID_COLUMN OUT ALGORITHM SECONDS [ADDRESS_COLUMN…]`` writes
selected.csv, remaining.csv and lowest.json, the lowest chance that is reported or null, into the
folder OUT. It knows nothing of `sortition`.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

from sortition_algorithms import (  # type: ignore[import-not-found]
    CSVFileDataSource,
    SelectionData,
    Settings,
    run_stratification,
    selected_remaining_tables,
)


def main() -> None:
    """Read, select, write."""
    pool, quotas, size, id_column, folder, algorithm, seconds, *address = sys.argv[1:]
    out = Path(folder)
    files = SelectionData(
        CSVFileDataSource(
            features_file=Path(quotas),
            people_file=Path(pool),
            already_selected_file=None,
            selected_file=out / "selected.csv",
            remaining_file=out / "remaining.csv",
        )
    )
    features, _ = files.load_features(int(size))
    settings = Settings(
        id_column=id_column,
        columns_to_keep=_other_columns(Path(pool), {id_column, *features}),
        check_same_address=bool(address),
        check_same_address_columns=address,
        selection_algorithm=algorithm,
        solver_backend="highspy",
    )
    people, _ = files.load_people(settings, features)
    done, panels, report = run_stratification(
        features, people, int(size), settings, max_seconds=int(seconds)
    )
    if not done:
        sys.exit(report.as_text())
    selected, remaining, _ = selected_remaining_tables(
        people, panels[0], features, settings, exclude_matching_addresses=False
    )
    files.output_selected_remaining(selected, remaining, settings)
    (out / "lowest.json").write_text(json.dumps(_lowest(report.serialize())), encoding="utf-8")


def _other_columns(pool: Path, used: set[str]) -> list[str]:
    with pool.open(encoding="utf-8", newline="") as file:
        return [name for name in next(csv.reader(file)) if name not in used]


def _lowest(report: Any) -> float | None:
    """The lowest positive probability in the report's table, which has percent to four decimals."""
    if isinstance(report, dict):
        headers = report.get("headers", [])
        column = next((i for i, h in enumerate(headers) if str(h).startswith("Probability")), None)
        if column is not None:
            percent = [float(row[column].rstrip("%")) for row in report["data"]]
            return round(min(share for share in percent if share > 0) / 100, 6)
        report = list(report.values())
    if isinstance(report, list):
        found = [lowest for part in report if (lowest := _lowest(part)) is not None]
        return found[0] if found else None
    return None


if __name__ == "__main__":
    main()
