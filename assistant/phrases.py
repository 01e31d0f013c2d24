"""Every sentence that Fyrlots says in its own voice. They join and frame; they claim nothing about the sources."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Outcome

CANNED = {
    Outcome.SOCIAL: "Hej! Jag svarar på frågor om kommunal digitalisering i Fyrbodal, med källor. Fråga till exempel när en incident måste rapporteras enligt NIS 2.",
    Outcome.TOO_OPEN: "Frågan är för öppen för att besvaras. Skriv vad du vill veta och om vad, till exempel ”Vilka krav ställer cybersäkerhetslagen på kommunen?”",
    Outcome.PRIVATE: "Jag svarar inte på frågor om privatpersoner. Fråga gärna om organisationer, regler eller rapporten.",
    Outcome.INSTRUCTION: "Jag svarar bara utifrån källorna och ändrar inte det på begäran. Ställ gärna en fråga om det som källorna tar upp.",
    Outcome.DECISION: "Jag kan inte fatta eller godkänna beslut. Jag kan visa vad källorna säger, och en människa i kommunen beslutar.",
    Outcome.FAILED: "Något gick fel när frågan skulle besvaras. Försök igen om en stund.",
}
CANNED_EN = {
    Outcome.SOCIAL: "Hello! I answer questions about municipal digitalisation in Fyrbodal, with sources.",
    Outcome.TOO_OPEN: "The question is too open. Please write what you want to know, and about what.",
    Outcome.PRIVATE: "I do not answer questions about private persons.",
    Outcome.INSTRUCTION: "I answer from the sources only, and do not change that on request.",
    Outcome.DECISION: "I cannot make or approve decisions. I can show what the sources say.",
    Outcome.FAILED: "Something went wrong. Please try again in a while.",
}
ENGLISH_FRAME = "The sources are in Swedish. They say:"
LEGAL = "Svaret är en hjälp att hitta i källorna. Det är inte juridisk rådgivning och inte ett beslut."
REPORT = (
    "Svaret bygger på analysrapporten från maj 2024. Rapporten ger råd och beskriver läget då; den är inte ett lagkrav."
)
EXAMPLE = "Svaret bygger på exempel från andra kommuner eller på planer för samverkan. De är inte krav."
OPINION = "Svaret bygger på en artikel, en debattext eller ett seminarium. Det är någons uppfattning, inte en regel."
GUIDANCE = "Svaret bygger på vägledning eller ett frivilligt regelverk, inte på lag."
UNSURE = "Minst en uppgift i svaret är inte bekräftad. Kontrollera den innan du använder den."


def canned(outcome: Outcome, language: str) -> str:
    """The sentence for an outcome that needs no source."""
    return CANNED_EN[outcome] if language == "en" else CANNED[outcome]


def abstention(missing: Sequence[str], language: str, off_subject: bool, gap: str = "") -> str:
    """Says that the sources do not answer, and what they say nothing about; `gap` where that is known."""
    about = quoted(missing)
    if gap:
        return (
            "The sources do not answer the question. " if language == "en" else "Källorna svarar inte på frågan. "
        ) + gap
    if language == "en":
        return "The sources do not answer the question." + (
            f" They say nothing about {about} in this matter." if about else ""
        )
    if off_subject:
        return "Källorna svarar inte på frågan. De handlar om kommunal digitalisering i Fyrbodal och om de regler som styr den."
    return "Källorna svarar inte på frågan." + (
        f" Jag hittar inget om {about} i det sammanhanget."
        if about
        else " Det som ligger närmast räcker inte som svar."
    )


def partial(missing: Sequence[str], language: str) -> str:
    """The first sentence of an answer that is not whole: what is missing, and that something else follows."""
    about = quoted(missing)
    if language == "en":
        return f"The sources do not fully answer the question{f': they do not mention {about}' if about else ''}. This is what they do say:"
    return f"Källorna svarar inte helt på frågan{f': de nämner inte {about}' if about else ''}. Det här säger de:"


def interpreted(about: str) -> str:
    """How a follow-up was read."""
    return f"Jag tolkar frågan som en följd av: ”{about}”"


def misread(changes: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Which words were taken for others, where any were."""
    if not changes:
        return ()
    return ("Jag läser " + " och ".join(f"”{written}” som ”{meant}”" for written, meant in changes) + ".",)


def coming(title: str, day: str) -> str:
    """That rules have not begun to apply."""
    return f"{title} har inte börjat gälla än. Startdagen är {day}."


def quoted(words: Sequence[str]) -> str:
    """'”a” och ”b”'."""
    return " och ".join(f"”{w}”" for w in words[:2])
