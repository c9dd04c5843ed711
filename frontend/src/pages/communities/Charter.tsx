import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { useLoad } from "../../api/load";
import { asRefusal } from "../../api/load";
import { Loaded, useSending } from "../../api/problems";
import { paths } from "../../paths";
import { charter as t } from "../../text/en/charter";
import { cadences, joinPolicies, modes, stageOrder, stages, visibilities } from "../../text/en/values";
import { Crumbs } from "../../ui/Crumbs";
import { Select, TextArea, TextField } from "../../ui/fields";
import type { Option } from "../../ui/Toggle";
import { Form } from "../../ui/form";
import { NotOpen } from "../../ui/NotOpen";
import { Notice } from "../../ui/Notice";
import { Saved } from "../../ui/Saved";
import { Title } from "../../ui/Title";
import { changesIn, draftOf, theirs, type Draft, type DraftField } from "./draft";

type Community = Schemas["CommunityRead"];

const named = (labels: Record<string, string>): Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

export default function Charter() {
  const { community_id } = useRoute().params as { community_id: string };
  const load = useLoad(
    async (signal) => {
      const path = { community_id };
      const [community, charter] = await Promise.all([
        api.get("/v1/communities/{community_id}", { path, signal }),
        api.get("/v1/communities/{community_id}/charter", { path, signal }),
      ]);
      return { community, rules: charter.ground_rules };
    },
    [community_id],
  );
  return (
    <Loaded load={load} page>
      {({ community, rules }) =>
        community.can.includes("edit") ? (
          <div class="wide stack">
            <div>
              <Crumbs way={[{ to: paths.community(community_id), name: community.name }]} />
              <Title>{t.title(community.name)}</Title>
              <p class="lead">{t.lead}</p>
            </div>
            <Fields key={community_id} first={community} />
            <GroundRules community_id={community_id} rules={rules} />
            <p>
              <a href={paths.community(community_id)}>{t.back}</a>
            </p>
          </div>
        ) : (
          <NotOpen to={paths.community(community_id)} back={t.back} />
        )
      }
    </Loaded>
  );
}

function Fields({ first }: { first: Community }) {
  const [community, setCommunity] = useState(first);
  const [others, setOthers] = useState<{ field: DraftField; value: string }[]>([]);
  const [done, setDone] = useState<string>();
  const base = draftOf(community);
  const path = { community_id: community.id };

  /** Boxes nobody touched follow what somebody else saved; the others keep what was written in them. */
  async function catchUp(): Promise<void> {
    try {
      const newest = await api.get("/v1/communities/{community_id}", { path });
      setOthers(theirs(base, draftOf(newest)));
      setCommunity(newest);
    } catch (error) {
      asRefusal(error);
    }
  }
  const { form, busy } = useSending(
    async (fields) => {
      setDone(undefined);
      const body = changesIn(fields, base);
      if (Object.keys(body).length)
        setCommunity(
          await api.patch("/v1/communities/{community_id}", { path, body, match: community.version }),
        );
      setOthers([]);
      setDone(t.saved);
    },
    () => void catchUp(),
  );

  return (
    <section>
      {others.length > 0 && (
        <Notice kind="warm" title={t.theirs}>
          <ul>
            {others.map(({ field, value }) => (
              <li key={field}>{t.nowSays(t.fields[field], value || t.empty)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Form {...form}>
        <Words base={base} />
        <Select
          name="stage"
          label={t.fields.stage}
          hint={t.stageHint}
          chosen={base.stage}
          options={stageOrder.map((value) => ({ value, label: stages[value] ?? value }))}
        />
        <Select name="cadence" label={t.fields.cadence} chosen={base.cadence} options={named(cadences)} />
        <Select name="mode" label={t.fields.mode} chosen={base.mode} options={named(modes)} />
        <Select
          name="visibility"
          label={t.fields.visibility}
          chosen={base.visibility}
          options={named(visibilities)}
        />
        <Select
          name="join_policy"
          label={t.fields.join_policy}
          chosen={base.join_policy}
          options={named(joinPolicies)}
        />
        <div class="actions">
          <button class="button" aria-disabled={busy}>
            {t.save}
          </button>
          <Saved words={done} />
        </div>
      </Form>
    </section>
  );
}

const Words = ({ base }: { base: Draft }) => (
  <>
    <TextField
      name="name"
      label={t.fields.name}
      defaultValue={base.name}
      required
      minLength={2}
      maxLength={120}
    />
    <TextArea
      name="purpose"
      label={t.fields.purpose}
      hint={t.purposeHint}
      defaultValue={base.purpose}
      maxLength={2000}
      rows={2}
    />
    <TextArea name="domain" label={t.fields.domain} defaultValue={base.domain} maxLength={2000} rows={3} />
    <TextArea
      name="practice"
      label={t.fields.practice}
      defaultValue={base.practice}
      maxLength={2000}
      rows={3}
    />
    <TextArea
      name="audience"
      label={t.fields.audience}
      defaultValue={base.audience}
      maxLength={2000}
      rows={2}
    />
    <TextField name="region" label={t.fields.region} defaultValue={base.region} maxLength={200} />
    <TextField
      name="topics"
      label={t.fields.topics}
      hint={t.commas}
      defaultValue={base.topics}
      maxLength={1300}
    />
    <TextField
      name="languages"
      label={t.fields.languages}
      hint={t.languagesHint}
      defaultValue={base.languages}
      maxLength={400}
    />
  </>
);

function GroundRules({ community_id, rules }: { community_id: string; rules: string[] }) {
  const [done, setDone] = useState<string>();
  const { form, busy } = useSending(async (fields) => {
    setDone(undefined);
    const lines = String(fields.get("rules"))
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
    await api.post("/v1/communities/{community_id}/ground-rules", {
      path: { community_id },
      body: { rules: lines },
    });
    setDone(t.rulesSaved);
  });
  return (
    <section aria-labelledby="rules-title">
      <h2 id="rules-title">{t.rulesTitle}</h2>
      <Form {...form}>
        <TextArea
          name="rules"
          label={t.rules}
          hint={t.rulesHint}
          defaultValue={rules.join("\n")}
          required
          rows={6}
          maxLength={6000}
        />
        <div class="actions">
          <button class="button quiet" aria-disabled={busy}>
            {t.saveRules}
          </button>
          <Saved words={done} />
        </div>
      </Form>
    </section>
  );
}
