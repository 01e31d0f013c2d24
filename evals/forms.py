"""Whether words are read as Swedish: forms of one word must meet, and different words must not. Pure."""

from __future__ import annotations

from collections.abc import Callable

from evals.figures import Figure, share

Stem = Callable[[str], str]
MEET = """
kommun kommuner kommunen kommunerna kommunernas kommuns
rapport rapporten rapporter rapporterna rapportens
lag lagen lagar lagarna lagens
krav kravet kraven kravens
tjänst tjänsten tjänster tjänsterna tjänsternas
leverantör leverantören leverantörer leverantörerna
nämnd nämnden nämnder nämnderna
incident incidenten incidenter incidenterna
verksamhet verksamheten verksamheter verksamheterna
myndighet myndigheten myndigheter myndigheterna
utmaning utmaningen utmaningar utmaningarna
system systemet systemen systemens
digital digitala digitalt
kommunal kommunala kommunalt
nationell nationella nationellt
samverka samverkar samverkade
anmäla anmäler
använda använder
möjlighet möjligheter möjligheten
strategi strategin strategier
"""
"""Forms of one word on each line; each must have the stem of the first."""
APART = """
kommun kommunikation
lag lager
rapport rapphöna
nämnd nämna
tjänst tjäna
krav krabba
skola skuld
vård värd
för före
system syster
"""
"""Words that look alike and are not the same."""


def measure(stem: Stem) -> dict[str, Figure]:
    """forms_meet: share of inflected forms with their base form's stem. forms_apart: share of lookalikes kept apart.

    Source: inflections of Svenska Akademiens ordlista; the words are those of the corpus.
    """
    meet = [stem(form) == stem(row[0]) for row in rows(MEET) for form in row[1:]]
    apart = [stem(other) != stem(row[0]) for row in rows(APART) for other in row[1:]]
    return {"forms_meet": share(meet), "forms_apart": share(apart)}


def rows(table: str) -> list[list[str]]:
    """The lines of a table, as words."""
    return [line.split() for line in table.strip().splitlines()]
