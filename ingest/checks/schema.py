"""The form of the corpus's data files. `corpus/README.md` says what the fields are for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints, model_validator

from assistant.domain import Confidence
from ingest.frontmatter import Day

Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
Section = Annotated[str, StringConstraints(pattern=r"^(\d(\.\d)*|front|Sammanfattning|Litteraturförteckning)$")]
Area = Literal[
    "Administration och kommunikation",
    "Socialtjänst, vård och omsorg",
    "Utbildning och skola",
    "Samhällsbyggnad",
    "Kultur och fritid",
    "Kommunstyrelse och politik",
    "Ekonomi",
    "HR och personal",
    "Näringsliv",
    "IT",
]
"""Source: the analysis report, section 3.2.1."""


class Row(BaseModel):
    """Data with exactly the fields named."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Respondents(Row):
    """How many answered."""

    count: int = Field(ge=1)
    unit: Filled


class Option(Row):
    """One answer to the survey's question."""

    label: Filled
    share: float | None = Field(ge=0, le=100)
    text: Filled
    strengths: tuple[Filled, ...] = ()
    weaknesses: tuple[Filled, ...] = ()

    @model_validator(mode="after")
    def _shown(self) -> Option:
        if ("{share}" in self.text) != (self.share is not None):
            raise ValueError("texten ska ha {share} när andelen är angiven, och bara då")
        return self


class Group(Row):
    """The answers to one of several statements under the same figure."""

    statement: Filled
    options: tuple[Option, ...]


class Figure(Row):
    """A figure of the report."""

    figure: int = Field(ge=1, le=24)
    title: Filled
    question: Filled | None
    section: Section
    heading: Filled
    page: int = Field(ge=1)
    respondents: Respondents | None
    year: int = Field(ge=2000, le=2100)
    source: Filled
    options: tuple[Option, ...]
    groups: tuple[Group, ...]
    conclusion: tuple[Filled, ...] = Field(min_length=1)
    remarks: tuple[Filled, ...]
    questions: tuple[Filled, ...] = Field(min_length=3)

    @property
    def every_option(self) -> tuple[Option, ...]:
        """The options of the figure and of its groups."""
        return (*self.options, *(o for g in self.groups for o in g.options))


class Duty(Row):
    """What someone has to do."""

    id: Id
    regulation: Id
    law_status: Literal["in_force", "proposed"] | None = None
    """Where the duty stands in another law than the document's, or in a bill: the state of that one."""
    title: Filled
    who: Filled
    what: Filled
    by_when: Filled | None
    deadline_hours: int | None = Field(gt=0)
    date: Day | None
    frequency: Filled | None
    legal_place: Filled
    binding: Literal["binding", "guidance", "voluntary"]
    areas: tuple[Area, ...] = Field(min_length=1)
    confidence: Confidence
    note: Filled | None


class Term(Row):
    """An entry of the glossary."""

    term: Filled
    definition: Filled
    synonyms: tuple[Filled, ...]
    colloquial: tuple[Filled, ...]
    english: tuple[Filled, ...]
    see: tuple[Id, ...] = Field(min_length=1)
    confidence: Confidence


class Ground(Row):
    """Where a correction comes from."""

    document: Id | None
    place: Filled | None
    note: Filled | None

    @model_validator(mode="after")
    def _stated(self) -> Ground:
        if not (self.document or self.place or self.note):
            raise ValueError("rättelsen saknar källa")
        return self


class Erratum(Row):
    """What a source gets wrong, or time has overtaken."""

    id: Id
    document: Id
    section: Section | None
    kind: Literal["error", "overtaken", "inconsistent"]
    topic: Filled
    triggers: tuple[Filled, ...] = Field(min_length=1)
    says: Filled
    correction: Filled
    source: Ground
    confidence: Confidence


class Work(Row):
    """A work that the report cites."""

    id: Id
    authors: tuple[Filled, ...]
    year: int | None = Field(ge=1900, le=2100)
    title: Filled
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None
    accessed: Day | None
    cited_in: tuple[Section, ...]
    in_list: bool
    note: Filled | None = None


Word = Annotated[str, StringConstraints(pattern=r"^[^A-ZÅÄÖ]+$")]
Words = dict[Word, Annotated[tuple[Filled, ...], Field(min_length=1)]]


class Thesaurus(Row):
    """What readers say → what the sources say."""

    abbreviations: dict[Word, Filled] = {}
    swedish: Words
    english: Words
    norwegian: Words


class Gap(Row):
    """Something that readers ask and the sources do not say."""

    says: Annotated[str, StringConstraints(min_length=10, max_length=260)]
    about: Filled
    questions: Annotated[tuple[Filled, ...], Field(min_length=3)]


class Asked(RootModel[dict[Filled, Annotated[tuple[Filled, ...], Field(min_length=1)]]]):
    """Sentence of one document → the questions that it answers."""
