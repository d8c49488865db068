"""The workbench of `comparer open`: pages, decisions and report in a browser on this machine alone."""
