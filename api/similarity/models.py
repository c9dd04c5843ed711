"""The index by which communities and proposals are found that resemble an idea."""

from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Text
from sqlmodel import Field, SQLModel

from api.core.audit import Sequence
from api.core.db import Document, Ref, choice


class SimilarKind(StrEnum):
    """What was found: a community, or a proposal to found one."""

    COMMUNITY = "community"
    PROPOSAL = "proposal"


class SimilarStatus(StrEnum):
    """Whether it lives, has been put away, or is still being thought about."""

    LIVE = "live"
    ARCHIVED = "archived"
    PROPOSED = "proposed"


# In this room they need no more than their short names; the contract has others of these.
Kind: TypeAlias = SimilarKind
Status: TypeAlias = SimilarStatus


class Verdict(StrEnum):
    """What the check makes of a candidate."""

    PROBABLY_SAME = "probably_same"
    RELATED = "related"
    DIFFERENT = "different"


class SimilarityDocument(SQLModel, table=True):
    """What one community or proposal says about itself, ready to be compared."""

    __tablename__ = "similarity_documents"
    __table_args__ = (
        Index("uq_similarity_documents_object", "object_id", "kind", unique=True),
        Index("ix_similarity_documents_fingerprint", "fingerprint"),
    )

    # Counted, not a UUID: the index names it forty times.
    number: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    kind: Kind = Field(sa_type=choice(Kind))
    object_id: UUID = Ref()
    # Where it stands, which decides who may see it: the community itself, or the one above.
    place_id: UUID = Ref(foreign_key="communities.id", index=True)
    status: Status = Field(sa_type=choice(Status))
    # Whether its place is confidential; such documents are never looked through for others.
    hidden: bool = Field(sa_type=Boolean)
    name: str = Field(max_length=200)
    purpose: str = Field(sa_type=Text)
    domain: str = Field(sa_type=Text)
    topics: list[str] = Field(sa_type=Document)
    audience: str = Field(sa_type=Text)
    region: str = Field(sa_type=Text)
    # The sketch as text, which is read by ourselves, so that both engines give the same figures.
    sketch: str = Field(sa_type=Text)
    # The lists and the method by which it was drawn.
    fingerprint: str = Field(max_length=16)


class SimilarityTerm(SQLModel, table=True):
    """Which documents speak of a term; those of hidden places stand apart."""

    __tablename__ = "similarity_terms"
    __table_args__ = (
        # What is dropped is asked for by document, what is found by term.
        Index("ix_similarity_terms_number", "number"),
        {"sqlite_with_rowid": False},
    )

    term: str = Field(sa_column=Column(String(60), primary_key=True))
    hidden: bool = Field(sa_column=Column(Boolean, primary_key=True))
    number: int = Field(
        sa_column=Column(
            Sequence,
            ForeignKey("similarity_documents.number"),
            primary_key=True,
            autoincrement=False,
        )
    )
