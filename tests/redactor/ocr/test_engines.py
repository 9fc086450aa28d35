"""One contract for every reader of page images."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from redactor.errors import MissingDependency
from redactor.ocr.rapid import Rapid
from redactor.ocr.tesseract import Tesseract, find_tessdata
from redactor.settings import Settings
from tests.redactor.ocr.sheet import DPI, LINES, sheet

READERS = {"tesseract": Tesseract(Settings()), "rapid": Rapid()}


@pytest.fixture(params=READERS, scope="module")
def reader(request):
    return READERS[request.param]


@pytest.fixture(scope="module")
def page(reader):
    return reader.read(sheet()[0], DPI)


def test_the_words_are_read(page):
    read = {w.text.strip(".,") for w in page.words}
    wanted = {w.strip(".,") for line in LINES for w in line.split()}
    assert len(wanted & read) >= 0.9 * len(wanted)


def test_every_word_has_a_place_and_a_confidence(page):
    known = dict(sheet()[1])
    high, wide = sheet()[0].shape
    for word in page.words:
        assert 0 <= word.x0 < word.x1 <= wide
        assert 0 <= word.y0 < word.y1 <= high
        assert 0 <= word.confidence <= 1
        assert word.text == word.text.strip() != ""
        if word.text in known and len(word.text) > 4:
            x0, y0, x1, y1 = known[word.text]
            assert word.x0 == pytest.approx(x0, abs=10)
            assert word.x1 == pytest.approx(x1, abs=10)
            assert y0 - 6 < (word.y0 + word.y1) / 2 < y1 + 6
    assert 0.5 < page.confidence <= 1


def test_edges_run_from_one_side_to_the_other(page):
    for word in page.words:
        if word.edges:
            assert len(word.edges) == len(word.text) + 1
            assert word.edges[0] == word.x0
            assert word.edges[-1] == word.x1
            assert list(word.edges) == sorted(word.edges)


def test_lines_are_numbered_in_order(page):
    numbers = [w.line for w in page.words]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == len(LINES)


@pytest.mark.parametrize("size", [(4, 4), (40, 40), (300, 500)])
def test_an_empty_image_gives_no_words(reader, size):
    assert reader.read(np.full(size, 255, np.uint8), DPI).words == ()


def test_several_threads_may_read(reader):
    image = sheet(LINES[:2])[0]
    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(lambda _: reader.read(image, DPI), range(2)))
    assert pages[0].words == pages[1].words != ()


def test_character_edges_stand_near_the_characters():
    word = next(w for w in READERS["tesseract"].read(sheet()[0], DPI).words if w.text == "Pickett,")
    x0, _, x1, _ = dict(sheet()[1])["Pickett,"]
    comma = word.edges[-2]
    assert x1 - 0.2 * (x1 - x0) < comma < x1


def test_language_data_that_is_missing_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    monkeypatch.setattr("redactor.ocr.tesseract.SYSTEM", ())
    with pytest.raises(MissingDependency, match=r"eng\.traineddata"):
        find_tessdata(Settings(models_dir=tmp_path))


def test_language_data_is_taken_from_the_settings_first(tmp_path):
    (tmp_path / "eng.traineddata").write_bytes(b"")
    assert find_tessdata(Settings(tessdata=tmp_path)) == tmp_path
