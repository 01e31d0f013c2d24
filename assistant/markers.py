"""Small words that change what a sentence claims, and those that only frame it."""

from __future__ import annotations

_words = str.split

KEPT = frozenset(
    _words(
        "alla allt bara båda bägge efter flera fler flesta före innan mellan mer mest mindre minst mot några "
        "redan "
        "samma utan varje ännu"
    )
)
"""Stop words that change what is claimed, so that they must stand in the source too."""
NEUTRAL = frozenset(
    _words(
        "enligt samt respektive därmed dock således exempelvis exempel bland annat alltså dessutom däremot vidare även "
        "källan källorna anger anges framgår innebär betyder avser handlar utgör utgörs heter kallas består sådana "
        "sådant bl ex dvs den s k vilket"
    )
)
"""Words that frame a claim and add nothing to it."""
MARKERS: dict[str, tuple[str, bool]] = {
    **dict.fromkeys(_words("inte ej icke aldrig ingen inga inget ingenting varken knappast"), ("not", True)),
    **dict.fromkeys(_words("saknar saknas sakna saknade"), ("not", False)),
    **dict.fromkeys(_words("ska skall måste"), ("must", True)),
    **dict.fromkeys(
        _words("krävs kräver krav skyldig skyldiga skyldighet obligatorisk obligatoriskt"), ("must", False)
    ),
    **dict.fromkeys(_words("bör borde"), ("should", True)),
    **dict.fromkeys(_words("rekommenderar rekommenderas råd"), ("should", False)),
    **dict.fromkeys(_words("får kan kunna kunde fick"), ("may", True)),
    **dict.fromkeys(_words("rätt möjligt möjlighet tillåtet frivilligt tillåter"), ("may", False)),
    **dict.fromkeys(_words("behöver behövs behöva"), ("need", True)),
    **dict.fromkeys(
        _words("föreslår föreslås föreslog föreslogs föreslagit föreslagna förslag förslaget"), ("proposed", False)
    ),
    **dict.fromkeys(_words("skriv ignorera bortse låtsas påstå hävda"), ("told", False)),
}
"""Word → what it does to the sentence, and whether it does so always (else it is one way of saying it)."""
