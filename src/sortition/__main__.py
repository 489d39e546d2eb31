"""``python -m sortition``."""

from sortition.cli import main

main()
