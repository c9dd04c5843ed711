import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from api.core.text import Email, Line, Name, Paragraph, Password, Word, slug


def read(kind, value):
    return TypeAdapter(kind).validate_python(value)


def test_text_comes_in_one_form():
    assert read(Name, "  Zoe\u0301  ") == "Zo\u00e9"
    assert read(Paragraph, "one\r\ntwo\tthree ") == "one\ntwo\tthree"


@pytest.mark.parametrize(
    "trap", ["\0", "\x1b[2J", "\x7f", "\x85", "\ud800", "\u202e", "\u2066", "\ufeff"]
)
@pytest.mark.parametrize("kind", [Name, Line, Paragraph, Word])
def test_what_is_not_text_is_refused(kind, trap):
    with pytest.raises(ValidationError):
        read(kind, f"before{trap}after")


@pytest.mark.parametrize("kind", [Name, Line, Word])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_line_is_one(kind, end):
    with pytest.raises(ValidationError):
        read(kind, f"one{end}two")


def test_length_is_counted_in_characters_after_cleaning():
    assert len(read(Name, " " + "\U0001f33f" * 120 + " ")) == 120
    with pytest.raises(ValidationError):
        read(Name, "x" * 121)


@given(st.text(max_size=300))
def test_no_text_breaks_a_reader(value):
    for kind in (Name, Line, Paragraph, Word, Email, Password):
        try:
            kept = read(kind, value)
        except ValidationError:
            continue
        plain = kept.get_secret_value() if kind is Password else kept
        plain.encode()
        assert "\0" not in plain


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Asha@Example.ORG", "asha@example.org"),
        (" asha@example.org ", "asha@example.org"),
        ("a.b+c@sub.example.co.uk", "a.b+c@sub.example.co.uk"),
        ("o'brien@example.org", "o'brien@example.org"),
    ],
)
def test_an_address_is_kept_in_one_form(written, kept):
    assert read(Email, written) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        "asha",
        "asha@",
        "@example.org",
        "asha@example",
        "a b@example.org",
        "asha@exa mple.org",
        "asha@example.org\nBcc: other@example.org",
        "asha@example.org, other@example.org",
        "<asha@example.org>",
        "a" * 65 + "@example.org",
        "asha@" + "x" * 252 + ".org",
        "asha@-example.org",
    ],
)
def test_what_is_no_address_is_refused(wrong):
    with pytest.raises(ValidationError):
        read(Email, wrong)


def test_a_password_keeps_its_blanks_and_is_never_shown():
    kept = read(Password, "  cafe\u0301 au lait ")

    assert kept.get_secret_value() == "  caf\u00e9 au lait "
    assert "caf" not in repr(kept)
    for wrong in ("x" * 201, "nul\0", "\ud800"):
        with pytest.raises(ValidationError) as caught:
            read(Password, wrong)
        assert wrong not in str(caught.value.errors(include_input=False))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Peer support workers", "peer-support-workers"),
        ("  Café & Co. — Ŵales ", "cafe-co-wales"),
        ("Σύνδεσμος", ""),
        ("../../etc", "etc"),
        ("x" * 200, "x" * 120),
    ],
)
def test_a_name_is_written_for_addresses(name, written):
    assert slug(name) == written
