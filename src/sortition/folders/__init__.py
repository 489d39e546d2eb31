"""One way to change a folder: all files of a change become true together, and one change at a time.

`changing` locks the folder, `Change.make` makes files true in one step, and `settle` undoes or
clears what a process left that died in between. ``docs/folders.md`` has the states and the proof.
"""
