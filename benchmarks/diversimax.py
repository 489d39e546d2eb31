"""One panel by the peer's diversimax, by the Python of the peer's environment.

``python diversimax.py POOL QUOTAS SIZE SECONDS [ADDRESS_COLUMN…]`` writes the ids into panel.json
in the folder that it is run in. The id column is called ``id``. It knows nothing of `sortition`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sortition_algorithms import (  # type: ignore[import-not-found]
    CSVFileDataSource,
    SelectionData,
    Settings,
    run_stratification,
)


def main() -> None:
    pool, quotas, size, seconds, *address = sys.argv[1:]
    files = SelectionData(
        CSVFileDataSource(
            features_file=Path(quotas),
            people_file=Path(pool),
            already_selected_file=None,
            selected_file=Path("selected.csv"),
            remaining_file=Path("remaining.csv"),
        )
    )
    features, _ = files.load_features(int(size))
    settings = Settings(
        id_column="id",
        columns_to_keep=address,
        check_same_address=bool(address),
        check_same_address_columns=address,
        selection_algorithm="diversimax",
        solver_backend="highspy",
    )
    people, _ = files.load_people(settings, features)
    done, panels, report = run_stratification(
        features, people, int(size), settings, max_seconds=int(seconds)
    )
    if not done:
        sys.exit(report.as_text())
    Path("panel.json").write_text(json.dumps(sorted(panels[0])), encoding="utf-8")


if __name__ == "__main__":
    main()
