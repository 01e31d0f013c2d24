"""A corpus of a few lines that keeps every rule, with the original that it retells."""

from __future__ import annotations

SENTENCE = "Den här meningen ur originalet har många fler än tio ord och får därför inte stå i korpusen."
ORIGINAL = f"""Titel Rapport\tUnder X

Rapport

1\tBAKGRUND...\t5
2\tSTYRNING...\t6
3\tSLUTSATS...\t7

1 Bakgrund

{SENTENCE} Rapporten skrevs 2024 för fjorton kommuner och kostade 10 000 kronor eller 5,5 % av budgeten.

2 Styrning

KOMMUNERNAS STYRNING

Enkäten gick till alla kommuner i hela Fyrbodal under våren och den handlade om styrning av digitalisering.

Figur 4: Resultat av enkäten om styrning.

Av kommunerna saknar 17% styrning och 28% har en ostrukturerad styrning. Tjänstedesigner och arkitekt finns i 4%.
Ingen kommun har en fullt utvecklad styrning.

3 Slutsats

Rapporten drar till sist en slutsats om samverkan mellan kommunerna som står här i det sista avsnittet.
"""
REPORT = """---
id: rapport-2
title: Styrning
kind: report
rank: 3
section: "2"
pages: [6, 7]
date: 2024-05-17
as_of: 2026-11-21
questions:
  Kommunernas styrning:
    - Hur styr kommunerna?
    - Vem styr?
    - Vad visar enkäten?
---
# Styrning

## Kommunernas styrning

Enkäten gällde styrningen (figur 4), se avsnitt 1.
"""
LAW = """---
id: lagen
title: Lagen
kind: regulation
rank: 1
valid_from: 2026-01-15
status: in_force
as_of: 2026-11-21
timeline:
  - {date: 2025-12-11, event: Lagen utfärdades.}
  - {date: 2026-01-15, event: Lagen började gälla.}
questions:
  Skyldigheter:
    - Vad kräver lagen?
    - Vad måste kommunen göra?
    - Vem ska anmäla sig?
---
# Lagen

## Skyldigheter

Kommunen ska anmäla sig (2 kap. 2 § lagen).
"""
FIGURE = """figure: 4
title: Hur väl etablerad styrningen är
question: Hur väl?
section: '2'
heading: Kommunernas styrning
page: 6
respondents: {count: 11, unit: kommuner}
year: 2024
source: enkät 2024
options:
- {label: saknas, share: 17, text: '{share} % saknar styrning.'}
- {label: ostrukturerad, share: 28, text: '{share} % har en ostrukturerad styrning.'}
- {label: tjänstedesigner, share: 4, text: '{share} % har en tjänstedesigner.'}
- {label: arkitekt, share: 4, text: '{share} % har en arkitekt.'}
- {label: utvecklad, share: 0, text: 'Ingen kommun ({share} %) har en utvecklad styrning.'}
groups: []
conclusion: [Styrningen är svag.]
remarks: []
questions: [Hur är styrningen?, Vem styr?, Saknas styrning?]
"""
DUTY = """- id: anmal
  regulation: lagen
  title: Anmäla sig
  who: Kommunen
  what: Kommunen ska anmäla sig.
  by_when: null
  deadline_hours: null
  date: '2026-01-15'
  frequency: null
  legal_place: 2 kap. 2 § lagen
  binding: binding
  areas: [IT]
  confidence: seen
  note: null
"""
TERM = """- term: Styrning
  definition: Styrning är att leda.
  synonyms: []
  colloquial: []
  english: []
  see: [rapport-2]
  confidence: seen
"""
ERRATUM = """- id: fel
  document: rapport-2
  section: '2'
  kind: error
  topic: Ett fel
  triggers: [fel]
  says: Rapporten har fel.
  correction: Så här är det.
  source: {document: lagen, place: 2 §, note: null}
  confidence: seen
"""
WORK = """- id: bok
  authors: [A. Bok]
  year: 2020
  title: En bok
  url: https://exempel.se/bok
  accessed: '2024-05-15'
  cited_in: ['2']
  in_list: true
"""
FILES = {
    "report/2.md": REPORT,
    "regulations/lagen.md": LAW,
    "survey/figur-04.yaml": FIGURE,
    "duties/1.yaml": DUTY,
    "glossary.yaml": TERM,
    "errata.yaml": ERRATUM,
    "bibliography.yaml": WORK,
}
