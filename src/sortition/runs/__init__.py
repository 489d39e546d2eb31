"""From files to files: one module a command, which reads, calls one use case and writes."""
