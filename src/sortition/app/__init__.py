"""The face in a browser: one folder is one assembly, and its steps are pages.

`serve` starts it on this machine alone. A request passes `gate`, is read by `asking`, and is
answered by a view, which calls the step that the command of the same name calls. Whatever is kept
lies in the folder as the commands write it, so that terminal and browser can take turns.
"""
