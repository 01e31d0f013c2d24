"""Question to answer: the steps, as a list."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from assistant import authority, compose, conversation, evidence, generate, phrases, sides, sources, understand
from assistant.domain import Answer, Claim, Document, Outcome, Passage, Question
from assistant.engine import Engine
from assistant.errors import QuestionError
from assistant.judge import Verdict, judge
from assistant.retrieve import NO_FILTERS, Filters, analyse
from assistant.swedish import clean

SHOWN = 10
"""Passages that go with an answer."""
OWN = 5
"""Where one of so many best passages is a document of the municipality's own, known gaps do not count."""
FEW = 2
"""Content words: with so few, a question in a conversation most often leans on it."""
BARE, SAME = 0.5, 0.05
"""How much better the sources must answer such a question alone, and how much worse they may answer a longer one."""
KNOWN = 0.95
"""A question as near as this, by cosine, to one that a reader is known to ask stands on its own."""
MOST_PARTS = 3
"""Questions in one that are answered each on its own."""
_AND = re.compile(
    r"[?!]\s+(?=\w)|,? (?:och|samt|and|og) (?=(?:hur|vad|när|vem|vilk\w+|varför|var|från när|"
    r"what|when|who|how|why|which|hva|hvem|når|hvor\w*)\b)",
    re.IGNORECASE,
)

T = TypeVar("T")


@dataclass
class Clock:
    """Milliseconds spent in each step."""

    started: float = field(default_factory=time.perf_counter)
    spent_ms: dict[str, float] = field(default_factory=dict)

    def time(self, step: str, work: Callable[[], T]) -> T:
        """Runs the work and books its time under the step."""
        started = time.perf_counter()
        try:
            return work()
        finally:
            self.spent_ms[step] = self.spent_ms.get(step, 0.0) + (time.perf_counter() - started) * 1000

    def read(self) -> dict[str, float]:
        """All steps, and the total."""
        total = (time.perf_counter() - self.started) * 1000
        return {name: round(ms, 3) for name, ms in {"total": total, **self.spent_ms}.items()}


@dataclass(frozen=True)
class Part:
    """One question's evidence and what it is worth."""

    intent: understand.Intent
    verdict: Verdict
    lines: tuple[compose.Line, ...]
    passages: tuple[Passage, ...]
    spoken: generate.Spoken | None = None
    """What a language model made of the evidence, where one is set."""


def ask(engine: Engine, question: Question) -> Answer:
    """Answers a question from the sources, or says that they do not. Raises: QuestionError."""
    return [step for step in stream(engine, question) if isinstance(step, Answer)][-1]


def stream(engine: Engine, question: Question) -> Iterator[Claim | Answer]:
    """Yields each claim as it is ready, and the whole answer last. Raises: QuestionError."""
    clock = Clock()
    asked, misread = read(engine, question)
    resolved = settle(engine, asked)
    intent = understand.understand(asked.text)
    if intent.guard is not None and not (intent.guard == Outcome.TOO_OPEN and resolved.about):
        yield canned(intent, intent.guard, clock)
        return
    if intent.about_sources:
        yield sources.describe(engine, intent, clock.read)
        return
    parts: list[Part] = []
    asked_for = split(resolved)
    room = compose.LIMIT_CHARS // len(asked_for)
    for text, context in asked_for:
        first = 1 + sum(len(part.lines) for part in parts)
        parts.append((yield from answer_part(engine, text, context, clock, first, room)))
    answer = assemble(parts, intent)
    notices = authority.notices(answer.citations, engine.errata, engine.today)
    about = (phrases.interpreted(resolved.about),) if resolved.about else ()
    said = tuple(dict.fromkeys(n for part in parts if part.spoken for n in part.spoken.notices))
    answer = replace(answer, notices=(*misread, *about, *said, *notices))
    if not any(part.spoken and part.spoken.by_model for part in parts):
        yield from answer.claims
    yield replace(answer, timings_ms=clock.read())


def find(engine: Engine, question: Question, k: int, filters: Filters = NO_FILTERS) -> list[Passage]:
    """Retrieval alone: the k best passages, the conversation taken into account. Raises: QuestionError."""
    resolved = conversation.resolve(read(engine, question)[0])
    return engine.retriever.search(analyse(resolved.text, engine.retriever.lexicon, resolved.context), k, filters)


def check(question: Question, longest: int) -> Question:
    """The question without invisible characters. Raises: QuestionError when empty or too long."""
    text = re.sub(r"\s+", " ", clean(question.text)).strip()
    if not text:
        raise QuestionError("Frågan är tom. Skriv en fråga.")
    if len(text) > longest:
        raise QuestionError(f"Frågan har {len(text)} tecken. Den får ha högst {longest}. Korta den.")
    return Question(text, tuple(h for h in (clean(h).strip()[:longest] for h in question.history) if h))


def read(engine: Engine, question: Question) -> tuple[Question, tuple[str, ...]]:
    """The question as it was meant, and a notice where a word was taken for another. Raises: QuestionError."""
    asked = check(question, engine.settings.question_chars)
    meant = engine.speller.mend(asked.text)
    history = tuple(engine.speller.mend(earlier).text for earlier in asked.history)
    return conversation.calm(Question(meant.text, history)), phrases.misread(meant.changes)


def settle(engine: Engine, asked: Question) -> conversation.Resolved:
    """What the question leans on; where its form does not tell, whichever reading the sources answer better."""
    resolved = conversation.resolve(asked)
    if resolved.sure:
        return resolved
    alone, leaning = (weighed(engine, asked.text, context) for context in ("", resolved.context))
    needed = BARE if conversation.content(asked.text) <= FEW else -SAME
    known = alone.features.get("asked_near", 0.0) >= KNOWN
    return conversation.Resolved(asked.text, "", None) if known or alone.chance - leaning.chance >= needed else resolved


def weighed(engine: Engine, text: str, context: str) -> Verdict:
    """Whether the sources answer the question so read."""
    given = gather(engine, text, context, Clock(), whole=False)
    return judge(given.asked, given.chosen(compose.LIMIT_CHARS), given.passages)


def canned(intent: understand.Intent, outcome: Outcome, clock: Clock) -> Answer:
    """The answer to what is no question to the sources."""
    return Answer(outcome, phrases.canned(outcome, intent.language), language=spoken(intent), timings_ms=clock.read())


def split(resolved: conversation.Resolved) -> list[tuple[str, str]]:
    """Several questions in one, each with its context: a later one leans on the first."""
    pieces = [p.strip(" ,?!") for p in _AND.split(resolved.text) if p.strip(" ,?!")]
    if len(pieces) < 2 or len(pieces) > MOST_PARTS or any(len(p.split()) < 3 for p in pieces):
        return [(resolved.text, resolved.context)]
    first = pieces[0]
    return [(first, resolved.context), *((piece, leaning(piece, first, resolved.context)) for piece in pieces[1:])]


def leaning(piece: str, first: str, context: str) -> str:
    """The context of a later question: the first one's words too, unless it stands on its own."""
    return f"{conversation.kept(first, piece)} {context}".strip() if conversation.leans(piece) else context


@dataclass(frozen=True)
class Gathered:
    """What the index has for one question."""

    intent: understand.Intent
    asked: evidence.Asked
    passages: tuple[Passage, ...]
    found: tuple[evidence.Candidate, ...]
    """Sentences that may answer, the best first."""
    documents: Mapping[str, Document]
    sides: tuple[Gathered, ...] = ()
    """For a comparison, the same for each side alone."""

    def chosen(self, room: int) -> list[evidence.Candidate]:
        """The sentences that the answer rests on, the best first."""
        return compose.choose(self.found, self.intent, room, [side.found for side in self.sides])

    def lines(self, room: int) -> list[compose.Line]:
        """The statements of the answer; of a comparison, the best of the whole and then each side's own."""
        if not self.sides:
            return compose.lines(self.chosen(room), self.found, self.intent, self.documents)
        best = compose.lines(list(self.found[:1]), self.found[:1], self.intent, self.documents)
        return [*best, *(line for side in self.sides for line in side.lines(room // len(self.sides)))]


def gather(engine: Engine, text: str, context: str, clock: Clock, whole: bool = True) -> Gathered:
    """Retrieves and ranks; each side of a comparison as well (`whole`)."""
    intent = understand.understand(text)
    query = analyse(text, engine.retriever.lexicon, context)
    passages = tuple(clock.time("retrieve", lambda: engine.retriever.search(query, SHOWN)))
    documents = {p.chunk.document_id: engine.document(p.chunk.document_id) for p in passages}
    texts = {id: document.text for id, document in documents.items()}
    asked = evidence.asked(intent, query, engine.retriever)
    if engine.gaps is not None and not any(
        p.document.kind == "local" and not p.document.extra.get("reference") for p in passages[:OWN]
    ):
        asked = replace(asked, gap=engine.gaps.near(query.sayings, query.vector(engine.encoder)))
    found = clock.time("select", lambda: compose.ranked(evidence.candidates(asked, passages, texts, engine.encoder)))
    found = [c for c in found if not any(c.text in s or s in c.text for s in c.passage.document.suspicious)]
    beside = [gather(engine, side, context, clock, whole=False) for side in (sides.sides(intent) if whole else ())]
    return Gathered(intent, asked, passages, tuple(found), documents, tuple(beside))


def answer_part(
    engine: Engine, text: str, context: str, clock: Clock, first: int, room: int
) -> Generator[Claim, None, Part]:
    """One question: retrieve, select, judge, compose, let a model speak. `first`: next citation; `room`: characters."""
    given = gather(engine, text, context, clock)
    intent, passages = given.intent, given.passages
    verdict = clock.time("judge", lambda: judge(given.asked, given.chosen(room), passages))
    answered = verdict.outcome in (Outcome.ANSWERED, Outcome.PARTIAL)
    lines = clock.time("compose", lambda: unique(given.lines(room))) if answered else []
    if not lines or engine.model is None:
        return Part(intent, verdict, tuple(lines), passages)
    texts = {id: document.text for id, document in given.documents.items()}
    heard = generate.claims(engine.model, text, passages, texts, engine.glossary)
    said = yield from generate.speak(heard, engine.model.name, lines, first)
    if not said.lines:
        verdict = replace(verdict, outcome=Outcome.NO_EVIDENCE)
    return Part(intent, verdict, said.lines, passages, said)


def assemble(parts: Sequence[Part], intent: understand.Intent) -> Answer:
    """One answer of the parts: those answered, and a sentence on those held back."""
    outcome = together([p.verdict.outcome for p in parts])
    missing = tuple(dict.fromkeys(m for p in parts if p.verdict.outcome != Outcome.ANSWERED for m in p.verdict.missing))
    language = spoken(intent)
    chance = min(p.verdict.chance for p in parts)
    lines = unique([line for p in parts for line in p.lines])
    if not lines:
        gap = next((p.verdict.gap for p in parts if p.verdict.gap), "")
        text = phrases.abstention(missing, language, outcome == Outcome.OFF_SUBJECT, gap)
        return Answer(outcome, text, passages=merged(parts), language=language, chance=chance)
    frame = phrases.partial(missing, language) if outcome == Outcome.PARTIAL else ""
    frame = frame or (phrases.ENGLISH_FRAME if language == "en" else "")
    claims, citations, text = compose.cite(fitted(lines, len(frame)))
    return Answer(
        outcome, f"{frame} {text}".strip(), claims, citations, merged(parts), language=language, chance=chance
    )


def fitted(lines: list[compose.Line], frame_chars: int) -> list[compose.Line]:
    """The lines, without the last ones where they are too many for an answer; a list is left whole."""
    while len(lines) > 1 and not any(line.item for line in lines):
        if frame_chars + sum(len(line.text) + compose.MARKER_CHARS for line in lines) <= compose.LIMIT_CHARS:
            break
        lines = lines[:-1]
    return lines


def together(outcomes: Sequence[Outcome]) -> Outcome:
    """The outcome of several parts: answered only where all are."""
    if len(set(outcomes)) == 1:
        return outcomes[0]
    if any(o in (Outcome.ANSWERED, Outcome.PARTIAL) for o in outcomes):
        return Outcome.PARTIAL
    return Outcome.NEAR_MISS


def unique(lines: Sequence[compose.Line]) -> list[compose.Line]:
    """Each span once, in order."""
    seen: dict[tuple[str, int, str], compose.Line] = {}
    for line in lines:
        seen.setdefault((line.candidate.passage.chunk.document_id, line.candidate.start, line.text), line)
    return list(seen.values())


def merged(parts: Sequence[Part]) -> tuple[Passage, ...]:
    """The parts' passages in turn, each once, ranked anew."""
    rows = [p.passages for p in parts]
    turns = [row[n] for n in range(max(map(len, rows), default=0)) for row in rows if n < len(row)]
    first = list({p.chunk.id: p for p in reversed(turns)}.values())[::-1]
    return tuple(replace(p, rank=n) for n, p in enumerate(first[:SHOWN], 1))


def spoken(intent: understand.Intent) -> str:
    """The language of the frame around the answer: English for English questions, else Swedish."""
    return "en" if intent.language == "en" else "sv"
