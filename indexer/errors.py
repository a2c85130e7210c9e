"""Errors that a person can act on.

ProjectError
├── ReadError            a file could not be turned into text
│   └── ToolMissing      the program that its format needs is not installed
├── IndexProblem         the index directory can't be used
│   ├── IndexMissing     there is no index where one was expected
│   ├── IndexFormat      it was written by another version of this program
│   ├── IndexDamaged     a file of it is missing or altered
│   ├── ModelMismatch    it was built with another embedding model
│   └── IndexLocked      another build is writing to it
├── NothingToIndex       the folder holds no readable document
├── OfficeProblem        the office's own records can't be used
├── ModelProblem         the embedding model can't be loaded
└── BadInput             a question, filter or option that can't be understood

Each message says what failed, the value seen and what to do.
"""


class ProjectError(Exception):
    """Base of all errors that are meant for people."""


class ReadError(ProjectError):
    """A file could not be turned into text."""


class ToolMissing(ReadError):
    """The program that a file's format needs is not installed: what failed may succeed with the next build."""


class IndexProblem(ProjectError):
    """The index directory can't be used."""


class IndexMissing(IndexProblem):
    """There is no index where one was expected."""


class IndexFormat(IndexProblem):
    """The index was written in another format."""


class IndexDamaged(IndexProblem):
    """A file of the index is missing or altered."""


class ModelMismatch(IndexProblem):
    """Index and embedding model differ."""


class IndexLocked(IndexProblem):
    """Another build is writing to the index."""


class NothingToIndex(ProjectError):
    """The folder holds no readable document."""


class OfficeProblem(ProjectError):
    """The office's own records can't be used."""


class ModelProblem(ProjectError):
    """The embedding model can't be loaded."""


class BadInput(ProjectError):
    """A question, filter or option that can't be understood."""
