"""Training of the bundled encoder: Swedish and English text to one space of 384 dimensions.

A static encoder (an embedding table and a mean, no transformer) is first taught three things at once: to place a
Swedish line where an English MiniLM places its translation; to place a title near its text; to place a reader's
question near the passage that answers it. Then come the corpus's questions alone, and at last what it still takes for
one another. See `docs/decisions/` for what was tried and measured.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.encoder import StaticEncoder, packaged_minilm
from ingest.hard_negatives import Triplet, triplets
from ingest.training_data import Pair, Questions, Recipe, general, misspell, own

SLIPS = 0.15
"""The share of the third stage's questions that are misspelt."""


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
    return save_int8(apart(model, tokenizer, questions, work, recipe), tokenizer, output)


def apart(model: Any, tokenizer: Any, questions: Questions, work: Path, recipe: Recipe) -> Any:
    """The third stage: rounds that each begin with the mean of those before. Returns the mean of all, a table.

    The mean of several runs is steadier than any one of them. Source: model soups, Wortsman et al. (arXiv 2203.05482).
    """
    import numpy as np
    import torch

    weights = model[0].embedding.weight
    mean, tables = weights.detach().numpy().copy(), []
    for number in range(recipe.apart_rounds):
        so_far = StaticEncoder(save_int8(mean, tokenizer, work / "so-far"))
        mined = triplets(questions.groups, so_far, random.Random(recipe.seed + number))
        weights.data.copy_(torch.from_numpy(mean))
        learn_apart(model, mined[: recipe.limit], work / f"apart-{number}", recipe)
        tables.append(weights.detach().numpy().copy())
        mean = np.mean(tables, axis=0)
    return mean


@dataclass(frozen=True)
class Pace:
    """How long and how fast a stage learns, and where its checkpoints go."""

    epochs: int
    learning_rate: float
    folder: Path


def stage(model: Any, kinds: dict[str, list[Pair]], teacher: Any, pace: Pace, recipe: Recipe) -> None:
    """One stage: the pairs by contrast within the batch, the translations towards the teacher's vectors."""
    from datasets import Dataset
    from sentence_transformers import losses as st_losses

    sets: dict[str, Any] = {
        name: Dataset.from_dict({"anchor": [a for a, _ in pairs], "positive": [b for _, b in pairs]})
        for name, pairs in kinds.items()
        if pairs
    }
    loss: dict[str, Any] = dict.fromkeys(sets, st_losses.MultipleNegativesRankingLoss(model))
    if "translations" in kinds:
        sets["towards_teacher"], loss["towards_teacher"] = teacher, st_losses.MSELoss(model)
    run(model, sets, loss, pace, recipe.batch, recipe.seed)


def learn_apart(model: Any, mined: list[Triplet], folder: Path, recipe: Recipe) -> None:
    """The third stage: each question nearer to what belongs to it than to what it is taken for, some misspelt."""
    from datasets import Dataset
    from sentence_transformers import losses as st_losses

    rng = random.Random(recipe.seed)
    asked = [misspell(question, rng) if rng.random() < SLIPS else question for question, _, _ in mined]
    rows = {"anchor": asked, "positive": [p for _, p, _ in mined], "negative": [n for _, _, n in mined]}
    pace = Pace(recipe.apart_epochs, recipe.own_learning_rate, folder)
    loss = st_losses.MultipleNegativesRankingLoss(model)
    run(model, Dataset.from_dict(rows), loss, pace, recipe.apart_batch, recipe.seed)


def run(model: Any, sets: Any, loss: Any, pace: Pace, batch: int, seed: int) -> None:
    """Learns from the sets; a stopped run goes on from its last checkpoint."""
    import torch
    from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments

    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(pace.folder),
        num_train_epochs=pace.epochs,
        per_device_train_batch_size=batch,
        learning_rate=pace.learning_rate,
        warmup_steps=0.05,
        lr_scheduler_type="cosine",
        seed=seed,
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
