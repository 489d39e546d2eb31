"""What each command says on the terminal. Nothing here decides anything."""
