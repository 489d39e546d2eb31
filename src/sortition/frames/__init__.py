"""The face for a notebook: frames or paths in, results out that print, index and plot.

In: what pandas has read, or the path of a file. Out: results whose parts are frames and series.
Each function calls the step that the command of the same name calls, so that both write the same
bytes. Nobody's data stand in what a result prints of itself.
"""
