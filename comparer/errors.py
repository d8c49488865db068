"""The errors a caller may meet; each message says what happened, where, and what to do."""


class ComparerError(Exception):
    """Base of every error this package raises on purpose."""


class UnreadableInputError(ComparerError):
    """Raise where a file, an address or standard input cannot be read as an article."""


class NoArticleError(UnreadableInputError):
    """Raise where a file is sound and holds no article; among others, as in a folder, it is passed over."""


class StaleReviewError(UnreadableInputError):
    """Raise where a reviewer's decision does not fit the page it names, or cannot be understood."""


class UsageError(ComparerError):
    """Raise where a command is given an option that means nothing."""


class BadResourceError(ComparerError):
    """Raise where a word list or a file of weights inside the package is malformed."""


class BadEvidenceError(ComparerError):
    """Raise where a stored span no longer stands on the characters it was taken from."""
