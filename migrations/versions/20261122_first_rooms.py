"""first rooms"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column(
            "window_ends_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempts")),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attempts_window_ends_at"), ["window_ends_at"], unique=False
        )

    op.create_table(
        "audit_entries",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("verb", sa.String(60), nullable=False),
        sa.Column("object_type", sa.String(30), nullable=False),
        sa.Column("object_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.Column("actor_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.Column(
            "credential_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True
        ),
        sa.Column("request_id", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entries_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_audit_entries_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index("ix_audit_entries_object", ["object_type", "object_id"], unique=False)

    op.create_table(
        "communities",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "changed_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("purpose", sa.String(2000), nullable=False),
        sa.Column("domain", sa.String(2000), nullable=False),
        sa.Column("practice", sa.String(2000), nullable=False),
        sa.Column("audience", sa.String(2000), nullable=False),
        sa.Column("region", sa.String(200), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("join_policy", sa.String(40), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("timezone", sa.String(60), nullable=False),
        sa.Column("cadence", sa.String(40), nullable=False),
        sa.Column("mode", sa.String(40), nullable=False),
        sa.Column("slug", sa.String(140), nullable=False),
        sa.Column("parent_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.Column(
            "lineage",
            sa.String(160).with_variant(sa.String(160, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("closed_as", sa.String(40), nullable=True),
        sa.Column(
            "topics", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "languages", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "signposts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("member_limit", sa.Integer(), nullable=True),
        sa.Column("member_count", sa.Integer(), nullable=False),
        sa.Column("ground_rules_version", sa.Integer(), nullable=False),
        sa.Column("haystack", sa.String(), nullable=False),
        sa.Column("founded_on", sa.Date(), nullable=False),
        sa.CheckConstraint("depth BETWEEN 1 AND 4", name=op.f("ck_communities_depth")),
        sa.CheckConstraint("member_count >= 0", name=op.f("ck_communities_member_count")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_communities_not_its_own_parent")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["communities.id"], name=op.f("fk_communities_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communities")),
        sa.UniqueConstraint("slug", name=op.f("uq_communities_slug")),
    )
    with op.batch_alter_table("communities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_communities_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_communities_lineage"), ["lineage"], unique=False)
        batch_op.create_index(batch_op.f("ix_communities_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index("ix_communities_visibility", ["visibility"], unique=False)

    op.create_table(
        "jobs",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column(
            "payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("dedupe_key", sa.String(200), nullable=False),
        sa.Column(
            "due_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "leased_until",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(500), nullable=True),
        sa.Column(
            "done_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "dead_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index(
            "ix_jobs_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
        )
        batch_op.create_index(
            "uq_jobs_dedupe_key",
            ["dedupe_key"],
            unique=True,
            sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL AND leased_until IS NULL"),
            postgresql_where=sa.text(
                "done_at IS NULL AND dead_at IS NULL AND leased_until IS NULL"
            ),
        )

    op.create_table(
        "kept_answers",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.String(1000), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kept_answers")),
    )
    with op.batch_alter_table("kept_answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_kept_answers_created_at"), ["created_at"], unique=False
        )

    op.create_table(
        "organisations",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "changed_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column(
            "domains", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "teams", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("name", name=op.f("uq_organisations_name")),
    )
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisations_changed_at"), ["changed_at"], unique=False
        )

    op.create_table(
        "outbox",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column(
            "payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "recorded_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "delivered_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_waiting",
            ["seq"],
            unique=False,
            sqlite_where=sa.text("delivered_at IS NULL"),
            postgresql_where=sa.text("delivered_at IS NULL"),
        )

    op.create_table(
        "secrets",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secrets")),
    )
    op.create_table(
        "frames",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column("timezone", sa.String(60), nullable=False),
        sa.Column("cadence", sa.String(40), nullable=False),
        sa.Column(
            "recorded_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "replaced_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_frames_community_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frames")),
    )
    with op.batch_alter_table("frames", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_frames_community_id"), ["community_id"], unique=False)
        batch_op.create_index(
            "uq_frames_current",
            ["community_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "hoped_for",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column(
            "organisation_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column(
            "recorded_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "replaced_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_hoped_for_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_hoped_for_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hoped_for")),
    )
    with op.batch_alter_table("hoped_for", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hoped_for_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hoped_for_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "uq_hoped_for_current",
            ["community_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "lineages",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column(
            "lineage",
            sa.String(160).with_variant(sa.String(160, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "recorded_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "replaced_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_lineages_community_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lineages")),
    )
    with op.batch_alter_table("lineages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lineages_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_lineages_lineage"), ["lineage"], unique=False)
        batch_op.create_index(
            "uq_lineages_current",
            ["community_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "metric_baselines",
        sa.Column(
            "community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column("metric_id", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "taken_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_metric_baselines_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "metric_id", name=op.f("pk_metric_baselines")),
    )
    op.create_table(
        "milestone_facts",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "milestone_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column(
            "community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column("phase", sa.String(60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column(
            "recorded_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "replaced_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_milestone_facts_community_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_facts")),
    )
    with op.batch_alter_table("milestone_facts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_milestone_facts_community_id", ["community_id", "due_on"], unique=False
        )
        batch_op.create_index(
            "uq_milestone_facts_current",
            ["milestone_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "people",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "changed_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("team", sa.String(60), nullable=True),
        sa.Column("timezone", sa.String(60), nullable=False),
        sa.Column("locale", sa.String(20), nullable=False),
        sa.Column(
            "organisation_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True
        ),
        sa.Column("steward", sa.Boolean(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=True),
        sa.Column(
            "preferences", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "disabled_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_people_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("email", name=op.f("uq_people_email")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_people_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "programme_plans",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "changed_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column("template", sa.String(40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_programme_plans_community_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_plans")),
        sa.UniqueConstraint("community_id", name=op.f("uq_programme_plans_community_id")),
    )
    with op.batch_alter_table("programme_plans", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_plans_changed_at"), ["changed_at"], unique=False
        )

    op.create_table(
        "proposal_settings",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "changed_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("min_people", sa.Integer(), nullable=False),
        sa.Column("min_organisations", sa.Integer(), nullable=False),
        sa.Column("min_co_leads", sa.Integer(), nullable=False),
        sa.Column(
            "community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column("call_days", sa.Integer(), nullable=False),
        sa.Column("second_round_after_days", sa.Integer(), nullable=False),
        sa.Column("first_warning_days", sa.Integer(), nullable=False),
        sa.Column("last_warning_days", sa.Integer(), nullable=False),
        sa.Column("quiet_days", sa.Integer(), nullable=False),
        sa.Column("first_session_ahead_days", sa.Integer(), nullable=False),
        sa.Column("min_present", sa.Integer(), nullable=False),
        sa.Column("sounding_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_proposal_settings_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", name=op.f("pk_proposal_settings")),
    )
    with op.batch_alter_table("proposal_settings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposal_settings_changed_at"), ["changed_at"], unique=False
        )

    op.create_table(
        "sessions",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "changed_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("description", sa.String(20000), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("mode", sa.String(40), nullable=False),
        sa.Column("access", sa.String(40), nullable=False),
        sa.Column("timezone", sa.String(60), nullable=False),
        sa.Column("location", sa.String(200), nullable=False),
        sa.Column(
            "community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column("series_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column(
            "starts_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "ends_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("online_capacity", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("online_taken", sa.Integer(), nullable=False),
        sa.Column("queue", sa.Integer(), nullable=False),
        sa.Column("joining_url", sa.String(2000), nullable=True),
        sa.Column(
            "function_tags",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "agenda", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("check_in_code", sa.String(12), nullable=False),
        sa.Column("follow_up", sa.String(40), nullable=False),
        sa.Column("cancelled_because", sa.String(1000), nullable=True),
        sa.CheckConstraint(
            "capacity IS NULL OR taken <= capacity", name=op.f("ck_sessions_capacity")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_sessions_ends_after_it_starts")),
        sa.CheckConstraint(
            "online_capacity IS NULL OR online_taken <= online_capacity",
            name=op.f("ck_sessions_online_capacity"),
        ),
        sa.CheckConstraint("taken >= 0 AND online_taken >= 0", name=op.f("ck_sessions_taken")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_sessions_community_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(
            "ix_sessions_community_id", ["community_id", "starts_at"], unique=False
        )
        batch_op.create_index(
            "ix_sessions_ends_at",
            ["ends_at"],
            unique=False,
            sqlite_where=sa.text("follow_up = 'not_due'"),
            postgresql_where=sa.text("follow_up = 'not_due'"),
        )
        batch_op.create_index("ix_sessions_starts_at", ["starts_at"], unique=False)

    op.create_table(
        "similarity_documents",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("object_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("place_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column(
            "topics", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("sketch", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["communities.id"], name=op.f("fk_similarity_documents_place_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_similarity_documents")),
    )
    with op.batch_alter_table("similarity_documents", schema=None) as batch_op:
        batch_op.create_index("ix_similarity_documents_fingerprint", ["fingerprint"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_similarity_documents_place_id"), ["place_id"], unique=False
        )
        batch_op.create_index("uq_similarity_documents_object", ["object_id", "kind"], unique=True)

    op.create_table(
        "activities",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tx", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column(
            "organisation_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True
        ),
        sa.Column("verb", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("object_type", sa.String(30), nullable=True),
        sa.Column("object_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.Column(
            "occurred_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "recorded_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "retracted_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column("source", sa.String(60), nullable=False),
        sa.Column("source_id", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_activities_community_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_activities_person_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_activities")),
        sa.UniqueConstraint("id", name=op.f("uq_activities_id")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_activities_source_source_id")),
    )
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.create_index(
            "ix_activities_community_id", ["community_id", "occurred_at"], unique=False
        )
        batch_op.create_index(
            "ix_activities_community_turn", ["community_id", "tx", "seq"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_activities_object_id"), ["object_id"], unique=False)
        batch_op.create_index("ix_activities_person_id", ["person_id", "occurred_at"], unique=False)
        batch_op.create_index("ix_activities_turn", ["tx", "seq"], unique=False)

    op.create_table(
        "affiliations",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "organisation_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True
        ),
        sa.Column("team", sa.String(60), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column(
            "recorded_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "replaced_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_affiliations_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_affiliations_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliations")),
    )
    with op.batch_alter_table("affiliations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_affiliations_person_id", ["person_id", "recorded_at"], unique=False
        )
        batch_op.create_index(
            "uq_affiliations_current",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "attendances",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("session_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("seating", sa.String(40), nullable=True),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=True),
        sa.Column(
            "recorded_by_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True
        ),
        sa.Column(
            "recorded_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "replaced_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "minutes IS NULL OR minutes BETWEEN 0 AND 10080", name=op.f("ck_attendances_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_attendances_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["people.id"], name=op.f("fk_attendances_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_attendances_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
    )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.create_index("ix_attendances_person_id", ["person_id"], unique=False)
        batch_op.create_index("ix_attendances_recorded_at", ["recorded_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendances_session_id"), ["session_id"], unique=False)
        batch_op.create_index(
            "uq_attendances_current",
            ["session_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "community_links",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("from_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("to_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("pair", sa.String(73), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column(
            "offered_by_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column(
            "answered_by_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True
        ),
        sa.Column(
            "answered_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_community_links_two_communities")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["people.id"], name=op.f("fk_community_links_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["communities.id"], name=op.f("fk_community_links_from_id")
        ),
        sa.ForeignKeyConstraint(
            ["offered_by_id"], ["people.id"], name=op.f("fk_community_links_offered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["communities.id"], name=op.f("fk_community_links_to_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_links")),
        sa.UniqueConstraint("pair", "kind", name=op.f("uq_community_links_pair_kind")),
    )
    with op.batch_alter_table("community_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_community_links_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_community_links_to_id"), ["to_id"], unique=False)

    op.create_table(
        "ground_rules",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "rules", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "written_by_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_ground_rules_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["people.id"], name=op.f("fk_ground_rules_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ground_rules")),
        sa.UniqueConstraint(
            "community_id", "number", name=op.f("uq_ground_rules_community_id_number")
        ),
    )
    op.create_table(
        "mails",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.String(8000), nullable=True),
        sa.Column("path", sa.String(500), nullable=True),
        sa.Column("community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.Column("message_id", sa.String(320), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column(
            "due_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(80), nullable=True),
        sa.Column(
            "sent_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_mails_community_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mails_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
    )
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.create_index("ix_mails_created_at", ["created_at"], unique=False)
        batch_op.create_index(
            "ix_mails_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'queued'"),
            postgresql_where=sa.text("state = 'queued'"),
        )
        batch_op.create_index(batch_op.f("ix_mails_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_mails_occasion",
            ["address", "kind", "key"],
            unique=True,
            sqlite_where=sa.text("person_id IS NULL"),
            postgresql_where=sa.text("person_id IS NULL"),
        )

    op.create_table(
        "materials",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("session_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("added_by_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["people.id"], name=op.f("fk_materials_added_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_materials_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_materials")),
    )
    with op.batch_alter_table("materials", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_materials_session_id"), ["session_id"], unique=False)

    op.create_table(
        "memberships",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "changed_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column(
            "joined_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "ended_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "queued_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "invited_by_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True
        ),
        sa.Column(
            "expires_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "decided_by_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True
        ),
        sa.Column("reason", sa.String(1000), nullable=True),
        sa.Column("ground_rules_version", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= joined_at",
            name=op.f("ck_memberships_ends_after_it_begins"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_memberships_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_memberships_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["people.id"], name=op.f("fk_memberships_invited_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_memberships_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(
            "ix_memberships_community_id", ["community_id", "state"], unique=False
        )
        batch_op.create_index(
            "ix_memberships_expires_at",
            ["expires_at"],
            unique=False,
            sqlite_where=sa.text("state = 'invited'"),
            postgresql_where=sa.text("state = 'invited'"),
        )
        batch_op.create_index("ix_memberships_person_id", ["person_id", "state"], unique=False)
        batch_op.create_index(
            "uq_memberships_live",
            ["community_id", "person_id"],
            unique=True,
            sqlite_where=sa.text(
                "state IN ('invited', 'requested', 'waitlisted', 'active', 'paused')"
            ),
            postgresql_where=sa.text(
                "state IN ('invited', 'requested', 'waitlisted', 'active', 'paused')"
            ),
        )

    op.create_table(
        "milestones",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "changed_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("plan_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("phase", sa.String(60), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.CheckConstraint("month BETWEEN 0 AND 120", name=op.f("ck_milestones_month")),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["people.id"], name=op.f("fk_milestones_done_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["programme_plans.id"], name=op.f("fk_milestones_plan_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestones_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index("ix_milestones_plan_id", ["plan_id", "due_on"], unique=False)

    op.create_table(
        "notices",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("body", sa.String(8000), nullable=False),
        sa.Column("path", sa.String(500), nullable=False),
        sa.Column("community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.Column("about_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.Column(
            "read_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_notices_community_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notices_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("person_id", "kind", "key", name=op.f("uq_notices_person_id_kind_key")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index("ix_notices_inbox", ["person_id", "id"], unique=False)
        batch_op.create_index(
            "ix_notices_unread",
            ["person_id"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )

    op.create_table(
        "proposals",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "changed_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("purpose", sa.String(2000), nullable=False),
        sa.Column("domain", sa.String(2000), nullable=False),
        sa.Column("audience", sa.String(2000), nullable=False),
        sa.Column("region", sa.String(200), nullable=False),
        sa.Column("why_now", sa.String(2000), nullable=False),
        sa.Column("not_a_support_group", sa.Boolean(), nullable=False),
        sa.Column("proposer_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("parent_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "topics", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "proposed_lead_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True
        ),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column(
            "state_since",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "quiet_since",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column(
            "warned_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "submitted_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("appealed", sa.Boolean(), nullable=False),
        sa.Column("revived", sa.Boolean(), nullable=False),
        sa.Column("before_expiry", sa.String(40), nullable=True),
        sa.Column(
            "seen_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column("seen", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "differences", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("template", sa.String(40), nullable=True),
        sa.Column("community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.CheckConstraint("round BETWEEN 0 AND 2", name=op.f("ck_proposals_round")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_proposals_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["communities.id"], name=op.f("fk_proposals_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_lead_id"], ["people.id"], name=op.f("fk_proposals_proposed_lead_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposer_id"], ["people.id"], name=op.f("fk_proposals_proposer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("community_id", name=op.f("uq_proposals_community_id")),
    )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposals_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposals_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposals_proposer_id"), ["proposer_id"], unique=False)
        batch_op.create_index(
            "ix_proposals_quiet_since",
            ["quiet_since"],
            unique=False,
            sqlite_where=sa.text("state IN ('draft', 'scoping', 'planning', 'scheduled')"),
            postgresql_where=sa.text("state IN ('draft', 'scoping', 'planning', 'scheduled')"),
        )
        batch_op.create_index("ix_proposals_state", ["state", "parent_id"], unique=False)

    op.create_table(
        "rsvps",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("session_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.Column("seating", sa.String(40), nullable=False),
        sa.Column("place", sa.String(40), nullable=False),
        sa.Column("queue", sa.Integer(), nullable=True),
        sa.Column(
            "recorded_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "replaced_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_rsvps_person_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_rsvps_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rsvps")),
    )
    with op.batch_alter_table("rsvps", schema=None) as batch_op:
        batch_op.create_index("ix_rsvps_person_id", ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rsvps_session_id"), ["session_id"], unique=False)
        batch_op.create_index(
            "ix_rsvps_waiting",
            ["session_id", "seating", "queue"],
            unique=False,
            sqlite_where=sa.text("replaced_at IS NULL AND place = 'waitlisted'"),
            postgresql_where=sa.text("replaced_at IS NULL AND place = 'waitlisted'"),
        )
        batch_op.create_index(
            "uq_rsvps_current",
            ["session_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "session_facts",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("session_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("mode", sa.String(40), nullable=False),
        sa.Column("access", sa.String(40), nullable=False),
        sa.Column(
            "starts_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "ends_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("online_capacity", sa.Integer(), nullable=True),
        sa.Column(
            "recorded_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "replaced_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_session_facts_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_session_facts_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_facts")),
    )
    with op.batch_alter_table("session_facts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_session_facts_community_id", ["community_id", "starts_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_session_facts_session_id"), ["session_id"], unique=False
        )
        batch_op.create_index(
            "uq_session_facts_current",
            ["session_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "session_parts",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("session_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.Column("name", sa.String(120), nullable=True),
        sa.CheckConstraint(
            "person_id IS NOT NULL OR name IS NOT NULL", name=op.f("ck_session_parts_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_session_parts_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_session_parts_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_parts")),
        sa.UniqueConstraint(
            "session_id",
            "part",
            "person_id",
            name=op.f("uq_session_parts_session_id_part_person_id"),
        ),
    )
    with op.batch_alter_table("session_parts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_parts_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sign_in_links",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column(
            "expires_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "used_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_sign_in_links_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_links")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_in_links_digest")),
    )
    with op.batch_alter_table("sign_in_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_links_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sign_ins",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column(
            "expires_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "revoked_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column("address", sa.String(60), nullable=True),
        sa.Column("agent", sa.String(200), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sign_ins_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_ins_digest")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_person_id"), ["person_id"], unique=False)

    op.create_table(
        "similarity_terms",
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["number"], ["similarity_documents.number"], name=op.f("fk_similarity_terms_number")
        ),
        sa.PrimaryKeyConstraint("term", "hidden", "number", name=op.f("pk_similarity_terms")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("similarity_terms", schema=None) as batch_op:
        batch_op.create_index("ix_similarity_terms_number", ["number"], unique=False)

    op.create_table(
        "tokens",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column(
            "scopes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True
        ),
        sa.Column(
            "expires_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "revoked_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_tokens_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_tokens_digest")),
    )
    with op.batch_alter_table("tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tokens_person_id"), ["person_id"], unique=False)

    op.create_table(
        "date_polls",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "changed_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("proposal_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("asked_by_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("timezone", sa.String(64), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "closes_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "closed_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column("chosen_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.Column("session_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["people.id"], name=op.f("fk_date_polls_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_date_polls_proposal_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_date_polls_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_polls")),
    )
    with op.batch_alter_table("date_polls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_date_polls_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_date_polls_closes_at"), ["closes_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_date_polls_proposal_id"), ["proposal_id"], unique=False
        )
        batch_op.create_index(
            "uq_date_polls_open",
            ["proposal_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "expressions",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "changed_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("proposal_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "organisation_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True
        ),
        sa.Column("interested", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("comment", sa.String(1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_expressions_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_expressions_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_expressions_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expressions")),
        sa.UniqueConstraint(
            "proposal_id", "person_id", name=op.f("uq_expressions_proposal_id_person_id")
        ),
    )
    with op.batch_alter_table("expressions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expressions_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_expressions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "interest_calls",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("min_people", sa.Integer(), nullable=False),
        sa.Column("min_organisations", sa.Integer(), nullable=False),
        sa.Column("min_co_leads", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column(
            "opens_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "closes_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "audience", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("audience_size", sa.Integer(), nullable=False),
        sa.Column(
            "sent_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "nudged_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "closed_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "came_to", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.CheckConstraint(
            "closes_at > opens_at", name=op.f("ck_interest_calls_closes_after_it_opens")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_interest_calls_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest_calls")),
        sa.UniqueConstraint(
            "proposal_id", "round", name=op.f("uq_interest_calls_proposal_id_round")
        ),
    )
    with op.batch_alter_table("interest_calls", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interest_calls_closes_at"), ["closes_at"], unique=False
        )

    op.create_table(
        "membership_spells",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "membership_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column(
            "community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column(
            "began_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "ended_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "recorded_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "replaced_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= began_at",
            name=op.f("ck_membership_spells_ends_after_it_begins"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_membership_spells_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_membership_spells_membership_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_membership_spells_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_spells")),
    )
    with op.batch_alter_table("membership_spells", schema=None) as batch_op:
        batch_op.create_index(
            "ix_membership_spells_community_id", ["community_id", "began_at"], unique=False
        )
        batch_op.create_index("ix_membership_spells_membership_id", ["membership_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_membership_spells_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            "uq_membership_spells_open",
            ["membership_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND replaced_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND replaced_at IS NULL"),
        )

    op.create_table(
        "proposal_offices",
        sa.Column("proposal_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("office", sa.String(40), nullable=False),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("named_by_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "named_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "accepted_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "declined_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "accepted_at IS NULL OR declined_at IS NULL",
            name=op.f("ck_proposal_offices_one_answer"),
        ),
        sa.ForeignKeyConstraint(
            ["named_by_id"], ["people.id"], name=op.f("fk_proposal_offices_named_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_proposal_offices_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_offices_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "office", name=op.f("pk_proposal_offices")),
    )
    with op.batch_alter_table("proposal_offices", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposal_offices_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "proposal_supporters",
        sa.Column("proposal_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_proposal_supporters_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_supporters_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "person_id", name=op.f("pk_proposal_supporters")),
    )
    with op.batch_alter_table("proposal_supporters", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposal_supporters_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "proposal_transitions",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("proposal_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(40), nullable=False),
        sa.Column("to_state", sa.String(40), nullable=False),
        sa.Column("actor_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True),
        sa.Column(
            "at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column(
            "evidence", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.CheckConstraint(
            "from_state <> to_state", name=op.f("ck_proposal_transitions_somewhere_else")
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["people.id"], name=op.f("fk_proposal_transitions_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_transitions_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_transitions")),
        sa.UniqueConstraint(
            "proposal_id", "number", name=op.f("uq_proposal_transitions_proposal_id_number")
        ),
    )
    with op.batch_alter_table("proposal_transitions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposal_transitions_to_state"), ["to_state"], unique=False
        )

    op.create_table(
        "soundings",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "created_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("proposal_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("asked_by_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("digest", sa.String(64), nullable=True),
        sa.Column(
            "expires_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "withdrawn_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "answered_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column("opinion", sa.String(40), nullable=True),
        sa.Column("role", sa.String(120), nullable=False),
        sa.Column("organisation", sa.String(120), nullable=False),
        sa.Column("comment", sa.String(2000), nullable=False),
        sa.CheckConstraint(
            "answered_at IS NULL OR opinion IS NOT NULL",
            name=op.f("ck_soundings_answer_says_something"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["people.id"], name=op.f("fk_soundings_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_soundings_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_soundings")),
        sa.UniqueConstraint("digest", name=op.f("uq_soundings_digest")),
    )
    with op.batch_alter_table("soundings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_soundings_answered",
            ["proposal_id"],
            unique=False,
            sqlite_where=sa.text("answered_at IS NOT NULL"),
            postgresql_where=sa.text("answered_at IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_soundings_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "submissions",
        sa.Column("proposal_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "community_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False
        ),
        sa.Column(
            "submitted_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_submissions_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_submissions_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_submissions")),
    )
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_submissions_community_id", ["community_id", "submitted_at"], unique=False
        )

    op.create_table(
        "call_recipients",
        sa.Column("call_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "organisation_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=True
        ),
        sa.Column(
            "answered_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "nudged_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["interest_calls.id"], name=op.f("fk_call_recipients_call_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_call_recipients_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_call_recipients_person_id")
        ),
        sa.PrimaryKeyConstraint("call_id", "person_id", name=op.f("pk_call_recipients")),
    )
    with op.batch_alter_table("call_recipients", schema=None) as batch_op:
        batch_op.create_index(
            "ix_call_recipients_person_id", ["person_id", "call_id"], unique=False
        )

    op.create_table(
        "poll_options",
        sa.Column("id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("poll_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column(
            "starts_at",
            sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["date_polls.id"], name=op.f("fk_poll_options_poll_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_options")),
        sa.UniqueConstraint("poll_id", "starts_at", name=op.f("uq_poll_options_poll_id_starts_at")),
    )
    op.create_table(
        "poll_votes",
        sa.Column("option_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("person_id", sa.CHAR(36).with_variant(sa.Uuid(), "postgresql"), nullable=False),
        sa.Column("suits", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["option_id"], ["poll_options.id"], name=op.f("fk_poll_votes_option_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_poll_votes_person_id")),
        sa.PrimaryKeyConstraint("option_id", "person_id", name=op.f("pk_poll_votes")),
    )
    with op.batch_alter_table("poll_votes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_votes_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("poll_votes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_votes_person_id"))

    op.drop_table("poll_votes")
    op.drop_table("poll_options")
    with op.batch_alter_table("call_recipients", schema=None) as batch_op:
        batch_op.drop_index("ix_call_recipients_person_id")

    op.drop_table("call_recipients")
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.drop_index("ix_submissions_community_id")

    op.drop_table("submissions")
    with op.batch_alter_table("soundings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_soundings_proposal_id"))
        batch_op.drop_index(
            "ix_soundings_answered",
            sqlite_where=sa.text("answered_at IS NOT NULL"),
            postgresql_where=sa.text("answered_at IS NOT NULL"),
        )

    op.drop_table("soundings")
    with op.batch_alter_table("proposal_transitions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_transitions_to_state"))

    op.drop_table("proposal_transitions")
    with op.batch_alter_table("proposal_supporters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_supporters_person_id"))

    op.drop_table("proposal_supporters")
    with op.batch_alter_table("proposal_offices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_offices_person_id"))

    op.drop_table("proposal_offices")
    with op.batch_alter_table("membership_spells", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_membership_spells_open",
            sqlite_where=sa.text("ended_at IS NULL AND replaced_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND replaced_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_membership_spells_person_id"))
        batch_op.drop_index("ix_membership_spells_membership_id")
        batch_op.drop_index("ix_membership_spells_community_id")

    op.drop_table("membership_spells")
    with op.batch_alter_table("interest_calls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interest_calls_closes_at"))

    op.drop_table("interest_calls")
    with op.batch_alter_table("expressions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expressions_person_id"))
        batch_op.drop_index(batch_op.f("ix_expressions_changed_at"))

    op.drop_table("expressions")
    with op.batch_alter_table("date_polls", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_date_polls_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_date_polls_proposal_id"))
        batch_op.drop_index(batch_op.f("ix_date_polls_closes_at"))
        batch_op.drop_index(batch_op.f("ix_date_polls_changed_at"))

    op.drop_table("date_polls")
    with op.batch_alter_table("tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tokens_person_id"))

    op.drop_table("tokens")
    with op.batch_alter_table("similarity_terms", schema=None) as batch_op:
        batch_op.drop_index("ix_similarity_terms_number")

    op.drop_table("similarity_terms")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ins_person_id"))

    op.drop_table("sign_ins")
    with op.batch_alter_table("sign_in_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_links_person_id"))

    op.drop_table("sign_in_links")
    with op.batch_alter_table("session_parts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_parts_person_id"))

    op.drop_table("session_parts")
    with op.batch_alter_table("session_facts", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_session_facts_current",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_session_facts_session_id"))
        batch_op.drop_index("ix_session_facts_community_id")

    op.drop_table("session_facts")
    with op.batch_alter_table("rsvps", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_rsvps_current",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_rsvps_waiting",
            sqlite_where=sa.text("replaced_at IS NULL AND place = 'waitlisted'"),
            postgresql_where=sa.text("replaced_at IS NULL AND place = 'waitlisted'"),
        )
        batch_op.drop_index(batch_op.f("ix_rsvps_session_id"))
        batch_op.drop_index("ix_rsvps_person_id")

    op.drop_table("rsvps")
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_index("ix_proposals_state")
        batch_op.drop_index(
            "ix_proposals_quiet_since",
            sqlite_where=sa.text("state IN ('draft', 'scoping', 'planning', 'scheduled')"),
            postgresql_where=sa.text("state IN ('draft', 'scoping', 'planning', 'scheduled')"),
        )
        batch_op.drop_index(batch_op.f("ix_proposals_proposer_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_parent_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_changed_at"))

    op.drop_table("proposals")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notices_unread",
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )
        batch_op.drop_index("ix_notices_inbox")

    op.drop_table("notices")
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_index("ix_milestones_plan_id")
        batch_op.drop_index(batch_op.f("ix_milestones_changed_at"))

    op.drop_table("milestones")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_memberships_live",
            sqlite_where=sa.text(
                "state IN ('invited', 'requested', 'waitlisted', 'active', 'paused')"
            ),
            postgresql_where=sa.text(
                "state IN ('invited', 'requested', 'waitlisted', 'active', 'paused')"
            ),
        )
        batch_op.drop_index("ix_memberships_person_id")
        batch_op.drop_index(
            "ix_memberships_expires_at",
            sqlite_where=sa.text("state = 'invited'"),
            postgresql_where=sa.text("state = 'invited'"),
        )
        batch_op.drop_index("ix_memberships_community_id")
        batch_op.drop_index(batch_op.f("ix_memberships_changed_at"))

    op.drop_table("memberships")
    with op.batch_alter_table("materials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_materials_session_id"))

    op.drop_table("materials")
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_mails_occasion",
            sqlite_where=sa.text("person_id IS NULL"),
            postgresql_where=sa.text("person_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_mails_person_id"))
        batch_op.drop_index(
            "ix_mails_due",
            sqlite_where=sa.text("state = 'queued'"),
            postgresql_where=sa.text("state = 'queued'"),
        )
        batch_op.drop_index("ix_mails_created_at")

    op.drop_table("mails")
    op.drop_table("ground_rules")
    with op.batch_alter_table("community_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_community_links_to_id"))
        batch_op.drop_index(batch_op.f("ix_community_links_from_id"))

    op.drop_table("community_links")
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_attendances_current",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_attendances_session_id"))
        batch_op.drop_index("ix_attendances_recorded_at")
        batch_op.drop_index("ix_attendances_person_id")

    op.drop_table("attendances")
    with op.batch_alter_table("affiliations", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_affiliations_current",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index("ix_affiliations_person_id")

    op.drop_table("affiliations")
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_index("ix_activities_turn")
        batch_op.drop_index("ix_activities_person_id")
        batch_op.drop_index(batch_op.f("ix_activities_object_id"))
        batch_op.drop_index("ix_activities_community_turn")
        batch_op.drop_index("ix_activities_community_id")

    op.drop_table("activities")
    with op.batch_alter_table("similarity_documents", schema=None) as batch_op:
        batch_op.drop_index("uq_similarity_documents_object")
        batch_op.drop_index(batch_op.f("ix_similarity_documents_place_id"))
        batch_op.drop_index("ix_similarity_documents_fingerprint")

    op.drop_table("similarity_documents")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index("ix_sessions_starts_at")
        batch_op.drop_index(
            "ix_sessions_ends_at",
            sqlite_where=sa.text("follow_up = 'not_due'"),
            postgresql_where=sa.text("follow_up = 'not_due'"),
        )
        batch_op.drop_index("ix_sessions_community_id")
        batch_op.drop_index(batch_op.f("ix_sessions_changed_at"))

    op.drop_table("sessions")
    with op.batch_alter_table("proposal_settings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_settings_changed_at"))

    op.drop_table("proposal_settings")
    with op.batch_alter_table("programme_plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_plans_changed_at"))

    op.drop_table("programme_plans")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_people_changed_at"))

    op.drop_table("people")
    with op.batch_alter_table("milestone_facts", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_milestone_facts_current",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index("ix_milestone_facts_community_id")

    op.drop_table("milestone_facts")
    op.drop_table("metric_baselines")
    with op.batch_alter_table("lineages", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_lineages_current",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_lineages_lineage"))
        batch_op.drop_index(batch_op.f("ix_lineages_community_id"))

    op.drop_table("lineages")
    with op.batch_alter_table("hoped_for", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_hoped_for_current",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_hoped_for_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_hoped_for_community_id"))

    op.drop_table("hoped_for")
    with op.batch_alter_table("frames", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_frames_current",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_frames_community_id"))

    op.drop_table("frames")
    op.drop_table("secrets")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_waiting",
            sqlite_where=sa.text("delivered_at IS NULL"),
            postgresql_where=sa.text("delivered_at IS NULL"),
        )

    op.drop_table("outbox")
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisations_changed_at"))

    op.drop_table("organisations")
    with op.batch_alter_table("kept_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_answers_created_at"))

    op.drop_table("kept_answers")
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_jobs_dedupe_key",
            sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL AND leased_until IS NULL"),
            postgresql_where=sa.text(
                "done_at IS NULL AND dead_at IS NULL AND leased_until IS NULL"
            ),
        )
        batch_op.drop_index(
            "ix_jobs_due",
            sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
        )

    op.drop_table("jobs")
    with op.batch_alter_table("communities", schema=None) as batch_op:
        batch_op.drop_index("ix_communities_visibility")
        batch_op.drop_index(batch_op.f("ix_communities_parent_id"))
        batch_op.drop_index(batch_op.f("ix_communities_lineage"))
        batch_op.drop_index(batch_op.f("ix_communities_changed_at"))

    op.drop_table("communities")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entries_object")
        batch_op.drop_index(batch_op.f("ix_audit_entries_community_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_actor_id"))

    op.drop_table("audit_entries")
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempts_window_ends_at"))

    op.drop_table("attempts")
