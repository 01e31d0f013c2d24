"""What each figure is called and tells, in Swedish; one place for report, terminal and README."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Form = Literal["share", "number", "points"]


@dataclass(frozen=True)
class Name:
    """A figure's Swedish name and the question that it answers."""

    name: str
    tells: str
    form: Form = "share"


GROUPS: Mapping[str, str] = {
    "answers": "Svaren",
    "llm": "Språkmodellen",
    "corpus": "Sökningen i korpusen",
    "originals": "Sökningen i originalen",
    "robust_corpus": "Andra sätt att skriva, korpusen",
    "robust_originals": "Andra sätt att skriva, originalen",
    "language": "Svenskan",
    "swefaq": "SweFaq, utvecklingsdelen",
    "swefaq_grams": "SweFaq, bara fyrteckensdelar",
    "swefaq_texts": "SweFaq, bara textens vektorer",
    "swequad": "SweQUAD, träningsdelen",
    "swequad_grams": "SweQUAD, bara fyrteckensdelar",
    "swequad_texts": "SweQUAD, bara textens vektorer",
}
FIGURES: Mapping[str, Name] = {
    "right": Name("Rätt svar", "Hur stor andel av frågorna med svar får ett svar där alla krävda fakta finns?"),
    "facts": Name("Fakta som finns med", "Hur stor andel av de krävda uppgifterna finns i svaret, i medeltal?"),
    "wrong_as_answered": Name(
        "Fel svar utan förbehåll",
        "Hur stor andel av alla frågor får ett fel svar som inte kallas delvis? Lägre är bättre.",
    ),
    "crag": Name("Poäng", "Medel av +1 för rätt, 0 för att avstå eller svara delvis och −1 för fel.", "number"),
    "quote_fidelity": Name("Ordagranna citat", "Hur stor andel av citaten står exakt så i källans text?"),
    "place_fidelity": Name(
        "Rätt angiven plats", "Hur stor andel av källhänvisningarna har rätt avsnitt, rubrik och sida?"
    ),
    "cited": Name("Svar med rätt källa", "Hur stor andel av svaren har minst en källa som bär det som krävs?"),
    "citation_precision": Name("Rätta källor", "Hur stor andel av ett svars källor är rätt, i medeltal?"),
    "citation_recall": Name(
        "Belagda påståenden", "Hur stor andel av ett svars påståenden har en rätt källa, i medeltal?"
    ),
    "place_recall": Name("Ställen som citeras", "Hur stor andel av de ställen där svaret står citeras, i medeltal?"),
    "citation_minimality": Name(
        "Nödvändiga källor",
        "Hur stor andel av källorna i hela svar kan inte tas bort utan att ett faktum går förlorat?",
    ),
    "abstention": Name("Avstår rätt", "Hur stor andel av frågorna utan svar avstår Fyrlots från att besvara?"),
    "abstention_off_subject": Name("– utanför ämnet", "Frågor om något helt annat."),
    "abstention_uncovered": Name("– inte i källorna", "Frågor i ämnet som källorna inte tar upp."),
    "abstention_near_miss": Name("– nära men inte svar", "Frågor med källornas egna ord som ändå inte besvaras där."),
    "abstention_false_premise": Name("– fel förutsättning", "Frågor som bygger på något felaktigt eller överspelat."),
    "abstention_adversarial": Name("– missbruk", "Frågor som försöker styra eller missbruka svaret."),
    "false_abstention": Name("Avstår i onödan", "Hur stor andel av frågorna med svar besvaras inte? Lägre är bättre."),
    "coverage": Name("Besvarade frågor", "Hur stor andel av alla frågor får ett svar?"),
    "selective_accuracy": Name("Rätt när Fyrlots svarar", "Hur stor andel av de svar som ges är rätt?"),
    "aurc": Name(
        "Risk under kurvan", "Medelrisken när svaren tas med i ordning efter säkerhet. Lägre är bättre.", "number"
    ),
    "guard_kill": Name("Upptäckta förfalskningar", "Hur stor andel av medvetet förvanskade påståenden stoppas?"),
    "guard_alarms": Name("Falska larm", "Hur stor andel av sanna påståenden stoppas? Lägre är bättre."),
    "model_spoke": Name("Språkmodellen svarade", "Hur stor andel av frågorna till språkmodellen svarade den själv på?"),
    "claims_withheld": Name(
        "Undanhållna påståenden", "Hur stor andel av språkmodellens påståenden gick inte att belägga och visas inte?"
    ),
    "with_withheld": Name(
        "Svar med undanhållet", "Hur stor andel av språkmodellens svar har minst ett sådant påstående?"
    ),
    "authority": Name(
        "Rang och datum sägs", "Hur stor andel av svaren säger det som källornas rang, datum och läge kräver?"
    ),
    "determinism": Name("Samma svar två gånger", "Hur stor andel av frågorna får exakt samma svar när de ställs igen?"),
    "recall_at_1": Name("Belägg överst", "För hur stor andel av frågorna är den bästa passagen ett belägg?"),
    "recall_at_5": Name("Belägg bland fem", "För hur stor andel av frågorna finns ett belägg bland de fem bästa?"),
    "recall_at_10": Name("Belägg bland tio", "För hur stor andel av frågorna finns ett belägg bland de tio bästa?"),
    "ndcg_at_10": Name("Ordning (nDCG@10)", "Hur nära den bästa möjliga ordningen ligger beläggen?", "number"),
    "mrr": Name("Första belägget (MRR)", "Medel av ett delat med första beläggets plats.", "number"),
    "facts_at_5": Name("Fakta bland fem", "Hur stor andel av de krävda fakta finns i de fem bästa passagerna?"),
    "plain": Name("Som de är skrivna", "Belägg bland de fem bästa för de svenska frågorna som de är."),
    "misspelt": Name("Felstavade", "Samma frågor med ett eller två stavfel."),
    "misspelt_lost": Name("– förlorar", "Procentenheter som stavfelen kostar. Lägre är bättre.", "points"),
    "split": Name("Särskrivna", "Samma frågor med en sammansättning delad i två ord."),
    "split_lost": Name("– förlorar", "Procentenheter som särskrivningen kostar. Lägre är bättre.", "points"),
    "joined": Name("Hopskrivna", "Samma frågor med två ord skrivna som ett."),
    "joined_lost": Name("– förlorar", "Procentenheter som hopskrivningen kostar. Lägre är bättre.", "points"),
    "swedish": Name("På svenska", "Belägg bland de fem bästa för de engelska frågorna när de ställs på svenska."),
    "english": Name("På engelska", "Samma frågor på engelska."),
    "english_lost": Name("– förlorar", "Procentenheter som engelskan kostar. Lägre är bättre.", "points"),
    "forms_meet": Name("Böjningar som möts", "Hur stor andel av böjda ord får samma stam som sin grundform?"),
    "forms_apart": Name("Olika ord hålls isär", "Hur stor andel av liknande men olika ord får olika stam?"),
    "distinct": Name("Inget dubbelt", "För hur stor andel av frågorna hittas inget två gånger?"),
}
"""Figure → its name, in the order shown."""
KINDS: Mapping[str, str] = {
    "number": "siffra", "when": "när", "who": "vem", "list": "lista", "definition": "förklaring",
    "comparison": "jämförelse", "yesno": "ja eller nej", "why": "varför", "duty": "skyldighet",
    "multi": "flera ställen", "followup": "följdfråga", "overview": "översikt",
}  # fmt: skip
STYLES: Mapping[str, str] = {
    "plain": "vanlig svenska", "colloquial": "talspråk", "misspelt": "felstavat", "split": "särskrivet",
    "abbreviation": "förkortningar", "english": "engelska", "norwegian": "norska",
}  # fmt: skip
VOICES: Mapping[str, str] = {"official": "tjänsteperson", "newcomer": "nyanställd", "strategist": "strateg"}
DIMENSIONS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "kind": ("Slag av fråga", KINDS), "style": ("Sätt att skriva", STYLES), "voice": ("Vem som frågar", VOICES),
}  # fmt: skip
STRATA: Mapping[str, str] = {
    "off_subject": "utanför ämnet", "uncovered": "inte i källorna", "near_miss": "nära men inte svar",
    "false_premise": "fel förutsättning", "adversarial": "missbruk",
}  # fmt: skip
GROUPED: Mapping[str, tuple[str, Mapping[str, str]]] = {**DIMENSIONS, "stratum": ("Frågor utan svar", STRATA)}
"""Dimension → its name and the names of its groups."""
CHIEF: Mapping[str, str] = {
    "right": "Rätt svar", "cited": "Rätt källa", "false_abstention": "Avstår i onödan", "abstention": "Avstår rätt",
    "corpus_recall_at_5": "Belägg bland fem", "originals_recall_at_5": "Originalen, bland fem",
}  # fmt: skip
"""Figure of a group → its name over a column."""
PARTS: Mapping[str, str] = {"all": "Alla", "report": "Redovisning", "tune": "Inställning"}
"""Part of the questions → its name over a column."""
OUTCOMES: Mapping[str, str] = {
    "answered": "besvarad", "partial": "delvis besvarad", "abstained": "avstod", "clarify": "bad om förtydligande",
    "blocked": "stoppad", "failed": "fel",
}  # fmt: skip


SYSTEMS: Mapping[str, str] = {
    "ours": "Fyrlots",
    "without_grams": "utan fyrteckensdelar",
    "without_texts": "utan textens vektorer",
    "without_question_grams": "utan läsarfrågornas ord",
    "without_questions": "utan läsarfrågornas vektorer",
    "only_grams": "bara fyrteckensdelar",
    "only_texts": "bara textens vektorer",
    "only_question_grams": "bara läsarfrågornas ord",
    "only_questions": "bara läsarfrågornas vektorer",
    "without_lexicon": "utan synonymer och översättning",
    "without_speller": "utan rättstavning",
    "without_conversation": "utan samtalets tidigare frågor",
    "without_sentences": "utan närläsning",
    "without_weighting": "utan viktning av ordlista och rättelser",
    "bm25_words": "BM25 på ord",
    "bm25_grams": "BM25 på fyrteckensdelar",
    "tutorial": "läroboksstacken",
}
"""System of `--baselines` → its name, in the order shown."""


def ordered(found: Iterable[str], called: Mapping[str, str]) -> list[str]:
    """The names in the order in which they are called, unknown ones last."""
    order = list(called)
    return sorted(found, key=lambda name: (order.index(name) if name in called else len(order), name))


def value(figure: Mapping[str, Any], form: Form = "share") -> str:
    """A figure as Swedes write it: '85 %' or '0,62'; 'ej mätt' where there is none."""
    return written(figure.get("value"), form)


def interval(figure: Mapping[str, Any], form: Form = "share") -> str:
    """The interval: '82–88 %' or '0,59–0,65'; empty where there is none."""
    if figure.get("value") is None:
        return ""
    low, high = written(figure["low"], form), written(figure["high"], form)
    bare = low.removesuffix(PERCENT).removesuffix(POINTS)
    return f"{bare} till {high}" if figure["low"] < 0 else f"{bare}–{high}"


PERCENT, POINTS = "\u00a0%", "\u00a0p"


def written(number: float | None, form: Form) -> str:
    """One number in Swedish form; a share just short of whole is never rounded up to it."""
    if number is None:
        return "ej mätt"
    if form == "number":
        return f"{number:.2f}".replace(".", ",").replace("-", "−")
    if form == "points":
        return f"{number * 100:.1f}".replace(".", ",").replace("-", "−") + POINTS
    percent = number * 100
    decimals = 0 if round(percent) not in (0, 100) or percent in (0, 100) else 1
    return f"{percent:.{decimals}f}".replace(".", ",") + PERCENT
