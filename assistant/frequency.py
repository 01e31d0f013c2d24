"""How common a word is in general. The only module that knows wordfreq."""

from __future__ import annotations

from functools import lru_cache

LANGUAGES = {"sv": "sv", "en": "en", "no": "nb"}
"""Our names of languages → wordfreq's."""


@lru_cache(maxsize=100_000)
def zipf(word: str, language: str) -> float:
    """Occurrences per billion words as a power of ten: 6 'finns', 4 'nuförtiden', 2 rare, 0 unknown.

    Source: Speer, wordfreq 3 (2023), on van Heuven's Zipf scale (2014).
    """
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word, LANGUAGES[language], wordlist="large"))
