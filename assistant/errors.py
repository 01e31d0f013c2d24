"""The exception tree. Every message says what happened, which value, and what to do.

FyrlotsError
├── InputError          the reader can mend it
│   ├── QuestionError   the question itself
│   ├── DocumentError   a file that cannot be read
│   └── DataMissing     a file or a package that is not there
├── IndexUnusable       no index, another version, damaged
├── IndexBusy           another ingest holds the lock
├── IndexUnwritable     the disk is full, or may not be written
└── ModelError          the configured language model failed
"""


class FyrlotsError(Exception):
    """Base of all faults of our own."""


class InputError(FyrlotsError):
    """Something the user can mend."""


class QuestionError(InputError):
    """The question cannot be taken as it is."""


class DocumentError(InputError):
    """A file that cannot be read as a document."""


class DataMissing(InputError):
    """A file, a folder or an optional package that is not there."""


class IndexUnusable(FyrlotsError):
    """No index, an index of another version, or a damaged one."""


class IndexBusy(FyrlotsError):
    """Another ingest is writing the same index."""


class IndexUnwritable(FyrlotsError):
    """The disk is full, or the folder may not be written."""


class ModelError(FyrlotsError):
    """The configured language model failed or answered nonsense."""
