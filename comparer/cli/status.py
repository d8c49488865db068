"""The exit statuses that scripts rely on."""

DONE, USAGE, UNREADABLE, FAULT = 0, 2, 3, 4
