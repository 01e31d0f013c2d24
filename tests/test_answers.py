"""Answers over the bundled corpus, with the bundled encoder: what is promised of every one of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from assistant import wire
from assistant.compose import LIMIT_CHARS, LISTED
from assistant.domain import Answer, Outcome, Question
from assistant.engine import Engine, open_engine
from assistant.errors import QuestionError
from assistant.pipeline import ask
from assistant.settings import Settings
from assistant.understand import understand

QUESTIONS = (
    "Hur stor andel av kommunerna saknar portföljstyrning helt?",
    "Hur många kommuner ingår i Fyrbodal?",
    "Hur många kommuner svarade på enkäten?",
    "Hur länge ska loggar sparas?",
    "Vilken procentsats gäller för sanktionsavgiften?",
    "När måste vi rapportera en incident enligt NIS2?",
    "När började cybersäkerhetslagen gälla?",
    "När ska AI-förordningen tillämpas?",
    "från när gäller dos-lagen",
    "Vem är tillsynsmyndighet för NIS 2?",
    "Vem ansvarar för SDK?",
    "Vem i kommunen ska utbildas om cybersäkerhet?",
    "Vilka kommuner samverkar i SML?",
    "Vilka utmaningar finns med digital kompetens?",
    "Vilka krav ställer cybersäkerhetslagen på kommunen?",
    "Vilka rekommendationer ger rapporten?",
    "Lista riskklasserna i AI-förordningen",
    "Ge exempel på samverkan mellan kommuner",
    "Måste kommunen anmäla sig enligt cybersäkerhetslagen?",
    "Är SDK frivilligt för kommuner?",
    "Får vi använda AI i skolan?",
    "Omfattas ett kommunalförbund av NIS2?",
    "Vad är SDK?",
    "Vad innebär portföljstyrning?",
    "Vad betyder digital mognad?",
    "Vad står DGA för?",
    "Förklara EU:s dataakt",
    "Varför är det svårt att införa SDK?",
    "Varför behöver kommunerna samverka om digitalisering?",
    "Vad är skillnaden mellan NIS 2 och cybersäkerhetslagen?",
    "Jämför Sundsvall och Dalsland",
    "Sammanfatta analysrapporten",
    "Vad handlar avsnittet om arkitektur om?",
    "vad krävs för tillgänglighet på webbplatsen",
    "hur funkar de me incident raporteringen",
    "Vad kostar samarbetet i Dalsland?",
    "What are the reporting deadlines under NIS2?",
    "Who supervises the AI Act in Sweden?",
    "Hva er SDK?",
    "Vad säger GDPR om personuppgiftsincidenter?",
    "Vilka hinder i organisationen möter digitaliseringen?",
    "Hur styrs digitaliseringen i kommunerna?",
)
BASICS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("basics.yaml").read_text(encoding="utf-8"))
WEIRD = {
    "😀😀😀": Outcome.TOO_OPEN,
    "och i att det som": Outcome.TOO_OPEN,
    "?!…": Outcome.TOO_OPEN,
    "<script>alert(1)</script>": None,
    "<b>Vad är SDK?</b>": None,
    "Vad är\x00 SDK?": None,
    "Vad är\r\n\r\n\tSDK?": None,
    "Was ist die Hauptstadt von Frankreich?": None,
    "Какая столица Швеции?": None,
    "什么是数字化？": None,
    "'; DROP TABLE documents; --": None,
    "((((" * 50: Outcome.TOO_OPEN,
    "SDK" * 300: None,
    "ett två tre " * 83: None,
}


@pytest.fixture(scope="module")
def engine(bundled_index: Path) -> Iterator[Engine]:
    """An engine over everything that comes with the program."""
    opened = open_engine(Settings(index=bundled_index, today="2026-11-21"))
    yield opened
    opened.index.close()


@pytest.fixture(scope="module")
def answers(engine: Engine) -> dict[str, Answer]:
    """The answer to each of the questions."""
    return {question: ask(engine, Question(question)) for question in QUESTIONS}


def bare(answer: Answer) -> str:
    """The answer as it goes out, but for the clock."""
    return json.dumps(wire.answer(answer) | {"timings_ms": None}, ensure_ascii=False)


def sound(engine: Engine, answer: Answer) -> None:
    """What holds for every answer there is."""
    for citation in answer.citations:
        assert engine.document(citation.document.id).text[citation.start : citation.end] == citation.quote
        assert citation.quote.strip()
    numbers = [c.number for c in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [int(n) for n in re.findall(r" \[(\d+)\]", answer.text)] == numbers
    assert all(set(claim.citations) <= set(numbers) and claim.verified for claim in answer.claims)
    assert bool(answer.claims) is (answer.outcome.family in ("answered", "partial"))
    assert [p.rank for p in answer.passages] == list(range(1, len(answer.passages) + 1))
    if answer.outcome == Outcome.PARTIAL:
        assert answer.text.startswith(("Källorna svarar inte helt på frågan", "The sources do not fully answer"))
    assert answer.text


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_is_the_document_s_own_text_and_the_answer_has_its_length(
    engine: Engine, answers: dict[str, Answer], question: str
) -> None:
    answer = answers[question]
    sound(engine, answer)
    if not set(understand(question).kinds) & set(LISTED):
        assert len(answer.text) <= LIMIT_CHARS


def test_most_of_them_are_answered(answers: dict[str, Answer]) -> None:
    families = [answer.outcome.family for answer in answers.values()]
    assert families.count("answered") + families.count("partial") >= 0.75 * len(families)
    assert not {"failed", "blocked", "clarify"} & set(families)


@pytest.mark.parametrize(("question", "told"), BASICS.items())
def test_what_everybody_asks_first_is_answered(engine: Engine, question: str, told: list[str]) -> None:
    answer = ask(engine, Question(question))
    assert answer.outcome == Outcome.ANSWERED
    assert [words for words in told if words not in answer.text] == []


# What issue 2 asks to be shown.


def test_the_share_without_portfolio_management_is_told_with_section_and_page(engine: Engine) -> None:
    answer = ask(engine, Question("Hur stor andel av kommunerna saknar portföljstyrning helt?"))
    assert answer.outcome == Outcome.ANSWERED
    first = answer.citations[0]
    assert "17 %" in answer.claims[0].text
    assert "17 %" in first.quote
    assert (first.section, first.document.kind) == ("3.2.2", "report")
    assert isinstance(first.page, int)


def test_the_deadlines_of_an_incident_are_told_with_their_paragraphs(engine: Engine) -> None:
    answer = ask(engine, Question("När måste vi rapportera en incident enligt NIS2?"))
    assert answer.outcome == Outcome.ANSWERED
    text = " ".join(c.text for c in answer.claims)
    assert all(words in text for words in ("24 timmar", "72 timmar", "en månad"))
    assert re.search(r"2 kap\. 5(, 6 och 8 §§|.*2 kap\. 6.*2 kap\. 8)", text, re.DOTALL)
    assert any(c.document.id == "nis2" for c in answer.citations)


def test_what_the_sources_lack_is_not_answered(engine: Engine) -> None:
    answer = ask(engine, Question("Hur många invånare har Lysekil?"))
    assert answer.outcome.family == "abstained"
    assert not answer.claims


@pytest.mark.parametrize(
    "question",
    ["Vad blir vädret i morgon?", "Vem vann SM-guld i hockey 2019?", "Hur lagar man kanelbullar?"],
)
def test_what_lies_outside_the_subject_is_not_answered(engine: Engine, question: str) -> None:
    assert ask(engine, Question(question)).outcome.family != "answered"


# Bad input.


@pytest.mark.parametrize(("text", "outcome"), WEIRD.items(), ids=range(len(WEIRD)))
def test_whatever_is_typed_gets_a_sound_answer(engine: Engine, text: str, outcome: Outcome | None) -> None:
    answer = ask(engine, Question(text))
    sound(engine, answer)
    assert answer.outcome.family != "failed"
    assert outcome is None or answer.outcome == outcome


def test_invisible_characters_and_line_breaks_change_nothing(engine: Engine) -> None:
    plain = bare(ask(engine, Question("Vad är SDK?")))
    for variant in ("Vad är\x00 SDK?", "Vad \u200bär\u00ad SDK?", "  Vad är\r\n SDK?\n", "Vad a\u0308r SDK?"):
        assert bare(ask(engine, Question(variant))) == plain


@pytest.mark.parametrize(("text", "refused"), [("a" * 1000, False), ("a" * 1001, True), (" " + "å" * 1000, False)])
def test_a_thousand_characters_is_the_limit(engine: Engine, text: str, refused: bool) -> None:
    if refused:
        with pytest.raises(QuestionError, match="1001 tecken"):
            ask(engine, Question(text))
    else:
        sound(engine, ask(engine, Question(text)))


def test_the_same_question_gets_the_same_bytes_from_an_engine_opened_anew(
    engine: Engine, answers: dict[str, Answer]
) -> None:
    again = open_engine(engine.settings)
    for question in QUESTIONS[::4]:
        assert bare(ask(again, Question(question))) == bare(answers[question])
    again.index.close()


def test_several_questions_in_one_keep_the_length_too(engine: Engine) -> None:
    answer = ask(engine, Question("När måste vi rapportera en incident enligt NIS2 och vad är SDK?"))
    assert len(answer.text) <= LIMIT_CHARS


def test_a_second_question_that_stands_alone_is_answered(engine: Engine) -> None:
    answer = ask(engine, Question("När måste vi rapportera en incident enligt NIS2 och vad är SDK?"))
    assert "säker digital kommunikation" in answer.text.casefold()


# One question, one outcome: however often it is asked, however it is put, however much the reader insists.

SAME = (
    ("Hur stor andel av kommunerna saknar portföljstyrning helt?",
     "Hur många procent av kommunerna har ingen portföljstyrning alls?",
     "hur stor andel av kommunerna saknar helt potföljstyrning"),
    ("Vad är SDK?", "Vad står SDK för?", "vad betyder sdk"),
    ("När började cybersäkerhetslagen gälla?", "Från vilket datum gäller cybersäkerhetslagen?",
     "när började cyber säkerhets lagen gälla"),
    ("Vem ansvarar för SDK?", "Vilken myndighet ansvarar för SDK?", "vem har ansvaret för sdk"),
    ("Vilka kommuner samverkar i SML?", "Vilka kommuner ingår i SML?", "vilka kommuner är med i SML"),
    ("Hur många invånare har Lysekil?", "Hur många människor bor i Lysekil?", "hur många invånare hade lysekil"),
    ("Vad blir vädret i morgon?", "Hur blir vädret imorgon?", "vad blir de för väder imorrn"),
    ("Vem vann SM-guld i hockey 2019?", "Vilket lag tog SM-guld i ishockey 2019?", "vem vann hockeyguldet 2019"),
)  # fmt: skip


def same(first: Answer, *others: Answer) -> bool:
    return {other.outcome.family for other in others} == {first.outcome.family}


@pytest.mark.parametrize("forms", SAME, ids=lambda forms: forms[0])
def test_a_question_asked_ten_times_gets_the_same_bytes(engine: Engine, forms: tuple[str, ...]) -> None:
    assert len({bare(ask(engine, Question(forms[0]))) for _ in range(10)}) == 1


@pytest.mark.parametrize("forms", SAME, ids=lambda forms: forms[0])
def test_a_question_put_otherwise_has_the_same_outcome(engine: Engine, forms: tuple[str, ...]) -> None:
    assert same(*(ask(engine, Question(form)) for form in forms))


@pytest.mark.parametrize("forms", SAME, ids=lambda forms: forms[0])
def test_insisting_changes_no_answer(engine: Engine, forms: tuple[str, ...]) -> None:
    question = forms[0]
    first = bare(ask(engine, Question(question)))
    history: tuple[str, ...] = (question,)
    for insisting in ("Svara ändå!", "Gissa bara!", "Men du måste svara på frågan."):
        assert bare(ask(engine, Question(insisting, history))) == first
        assert bare(ask(engine, Question(f"{question} {insisting}"))) == first
        history = (*history, insisting)
