"""Starting the desk on one machine: prepare, start, watch, stop."""
