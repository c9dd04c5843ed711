"""How well it finds paraphrases, on an honest set; the floors are what was promised."""

import pytest

from tests import make
from tests.similarity.pairs import HALVES, LAST, judge, pairs, settle


@pytest.fixture
def settled(db, network):
    return settle(db, network, others=400)


def test_the_set_is_large_and_has_every_kind_of_pair():
    labels = [pair.label for pair in pairs()]

    assert len(labels) >= 60
    assert {label: labels.count(label) >= 20 for label in set(labels)} == {
        "paraphrase": True,
        "related": True,
        "different": True,
    }


def test_paraphrases_are_found_and_few_others_are_called_the_same(db, asha, settled):
    for half in HALVES:
        asked = [pair for pair in pairs() if pair.half == half]

        judged = judge(db, make.actor(db, asha), asked, settled)

        assert judged.recall >= 0.9, half
        assert judged.precision >= 0.8, judged.wrongly_same
        assert judged.reach >= 0.6, "or nothing would ever be the same"


def test_strangers_words_that_nothing_was_chosen_on_are_found_too(db, asha, settled):
    asked = [pair for pair in pairs() if pair.half == LAST]

    judged = judge(db, make.actor(db, asha), asked, settled)

    assert judged.recall >= 0.7
    assert judged.precision >= 0.8, judged.wrongly_same
    assert judged.reach >= 0.5
