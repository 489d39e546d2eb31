"""The commands to begin with: an assembly in the browser, and the demo."""
