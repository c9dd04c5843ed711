"""What the lists make of words: endings, synonyms, phrases, capitals and slips."""

import pytest

from api.similarity.words.lexicon import HERE, Lexicon, _groups, lexicon


def said(text: str) -> set[str]:
    return {term for meant, _, _ in lexicon().read(text) for term in meant}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nurse", "Nursing"),
        ("IAPT", "talking therapies"),
        ("CYP", "children and young people"),
        ("A&E", "emergency departments"),
        ("counseling", "counselling"),
        ("self-harm", "Self harm"),
        ("children's wellbeing practitioners", "CWPs"),
        ("perinatel", "perinatal"),
        ("pyschosis", "psychosis"),
        ("Cafés", "cafe"),
    ],
)
def test_the_same_in_other_words(one, other):
    assert said(one) == said(other)


def test_the_longest_phrase_wins_and_its_words_mean_nothing_more():
    assert said("peer support") != said("peer supervision")
    assert "first responder training" in said("the first responder course")


def test_an_acronym_that_is_a_word_needs_capitals():
    assert "acceptance and commitment therapy" in said("ACT skills")
    assert "acceptance and commitment therapy" not in said("time to act")


def test_ordinary_words_say_nothing():
    assert said("A place to share and learn from each other") == set()


def test_a_word_that_no_list_knows_means_itself():
    assert said("kettles") == said("kettle") == {"kettl~"}


def test_every_broader_word_of_the_lists_has_a_line_of_its_own():
    texts = [(HERE / name).read_text() for name in ("synonyms.txt", "places.txt")]
    groups = list(_groups(texts))
    first = {ways[0].casefold() for _, _, ways, _ in groups}

    assert {b for _, _, _, broader in groups for b in broader if b.casefold() not in first} == set()
    assert len(groups) > 400


def test_an_operator_adds_words_of_their_own(tmp_path):
    own = tmp_path / "own.txt"
    own.write_text("# ours\n[professions]\nbloom worker, petal practitioner > teacher\n")
    ours = Lexicon(own)

    def heard(text: str) -> list[list[str]]:
        return [meant for meant, _, _ in ours.read(text)]

    assert heard("Petal practitioners") == heard("bloom workers") == [["bloom worker"]]
    assert "school staff" in dict(ours.implied("bloom worker"))
    assert ours.fingerprint != lexicon().fingerprint
