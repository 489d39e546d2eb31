"""The mathematics: from an instance to the fairest lottery. No files, no text, nothing printed."""
