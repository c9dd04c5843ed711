import { useEffect, useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { useLoad } from "../../../api/load";
import { Loaded } from "../../../api/problems";
import { me } from "../../../me";
import { dayOf, longDay, momentOf } from "../../../text/dates";
import { deciding } from "../../../text/en/proposals/deciding";
import { rejectedFor } from "../../../text/en/proposals/values";
import { Choices, Select, TextArea, TextField } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import { wordsIn } from "../../communities/draft";
import { useStep, written } from "../moves/useStep";
import type { PartProps } from "../Proposal";

const t = deciding.call;
const DAY = 86_400_000;

type Audience = Schemas["Audience"];
type Settings = Schemas["ProposalSettingsRead"];
type Node = Schemas["TreeNode"];

/** What the network asks of its proposals, and the parts of it that could be asked alone. */
async function network(community_id: string, signal: AbortSignal) {
  const { items } = await api.get("/v1/communities/{community_id}/tree", { path: { community_id }, signal });
  const root = items.find(({ depth }) => depth === 1);
  const settings = root
    ? await api
        .get("/v1/communities/{community_id}/proposal-settings", { path: { community_id: root.id }, signal })
        .catch(() => undefined)
    : undefined;
  return { settings, parts: items.filter(({ depth, status }) => depth === 2 && status === "active") };
}

export default function OpenCall(props: PartProps) {
  const { parent_id } = props.proposal;
  const load = useLoad((signal) => network(parent_id, signal), [parent_id]);
  return (
    <>
      <Loaded load={load}>{(found) => <Fields {...props} {...found} />}</Loaded>
      {props.proposal.can.includes("reject") && (
        <details>
          <summary>{deciding.reject}</summary>
          <Reject {...props} />
        </details>
      )}
    </>
  );
}

const audienceIn = (fields: FormData): Audience => ({
  community_ids: fields.getAll("parts").map(String),
  topics: wordsIn(written(fields, "topics")),
  organisation_ids: fields.getAll("places").map(String),
});

type FieldsProps = PartProps & { settings: Settings | undefined; parts: Node[] };

function Fields({ settings, parts, ...props }: FieldsProps) {
  const { calls, proposal } = props;
  const zone = me.value?.timezone ?? "UTC";
  const before = calls[0];
  const inDays = (days: number) => dayOf(new Date(Date.now() + days * DAY), zone);
  const [audience, setAudience] = useState<Audience>({ community_ids: [], topics: [], organisation_ids: [] });
  const { form, busy } = useStep(props, (fields) => ({
    to: "interest_call",
    details: {
      text: written(fields, "details/text"),
      closes_at: momentOf(written(fields, "details/closes_at"), "23:59", zone),
      min_people: Number(written(fields, "details/min_people")),
      min_organisations: Number(written(fields, "details/min_organisations")),
      min_co_leads: Number(written(fields, "details/min_co_leads")),
      audience: audienceIn(fields),
    },
  }));
  const hear = (event: Event) => {
    const box = (event.target as HTMLElement).closest("form");
    if (box) setAudience(audienceIn(new FormData(box)));
  };
  const free = new Date(Date.parse(proposal.state_since) + (settings?.second_round_after_days ?? 28) * DAY);
  return (
    <div onInput={hear}>
      <Form {...form}>
        {before && <p>{t.againText(longDay(free.toISOString(), zone))}</p>}
        <TextArea
          name="details/text"
          label={t.text}
          hint={t.textHint}
          defaultValue={before?.text ?? ""}
          required
          minLength={20}
          maxLength={2000}
          rows={5}
        />
        <TextField
          name="details/closes_at"
          type="date"
          class="short"
          label={t.closes}
          hint={t.closesHint}
          wrong={t.closesHint}
          defaultValue={inDays(settings?.call_days ?? 21)}
          min={inDays(7)}
          max={inDays(59)}
          required
        />
        <fieldset class="field">
          <legend>{t.needs}</legend>
          <p class="hint">{t.needsHint}</p>
          <div class="fields-row">
            <Count name="details/min_people" label={t.people} min={2} max={1000} value={settings?.min_people ?? 8} />
            <Count
              name="details/min_organisations"
              label={t.organisations}
              min={1}
              max={100}
              value={settings?.min_organisations ?? 2}
            />
            <Count
              name="details/min_co_leads"
              label={t.coLeads}
              min={0}
              max={10}
              value={settings?.min_co_leads ?? 1}
            />
          </div>
        </fieldset>
        <Whom proposal_id={proposal.id} parts={parts} audience={audience} />
        <button class="button" aria-disabled={busy}>
          {t.open}
        </button>
      </Form>
    </div>
  );
}

type CountProps = { name: string; label: string; min: number; max: number; value: number };

const Count = ({ name, label, min, max, value }: CountProps) => (
  <TextField
    name={name}
    type="number"
    class="short"
    label={label}
    min={String(min)}
    max={String(max)}
    defaultValue={String(value)}
    required
  />
);

const PAUSE = 300;

type WhomProps = { proposal_id: string; parts: readonly Node[]; audience: Audience };

/** Whom the call goes to, and how many that are, before anything is sent. */
function Whom({ proposal_id, parts, audience }: WhomProps) {
  const [size, setSize] = useState<Schemas["AudienceSize"]>();
  // Organisations are offered as they are found in the whole network, so that a filter hides none of them.
  const [places, setPlaces] = useState<Schemas["AudienceShare"][]>([]);
  const [counting, setCounting] = useState(true);
  const question = JSON.stringify(audience);
  useEffect(() => {
    const stop = new AbortController();
    setCounting(true);
    const timer = setTimeout(() => {
      api
        .post("/v1/proposals/{proposal_id}/audience-checks", {
          path: { proposal_id },
          body: audience,
          signal: stop.signal,
        })
        .then(
          (found) => {
            if (stop.signal.aborted) return;
            setSize(found);
            setPlaces((known) => (known.length ? known : found.organisations));
            setCounting(false);
          },
          () => undefined,
        );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [question]);
  const largest = (size?.organisations ?? []).flatMap(({ organisation, people }) =>
    organisation ? [t.place(organisation, people)] : [],
  );
  return (
    <>
      <h3>{t.audience}</h3>
      <p role="status">
        <strong>
          {counting || !size
            ? t.sizing
            : t.size(size.size)}
        </strong>{" "}
        {!counting && largest.length > 0 && t.mostly(largest.slice(0, 3))}
      </p>
      <p class="hint">{t.audienceHint}</p>
      <details>
        <summary>{t.narrow}</summary>
        {parts.length > 0 && (
          <Choices
            name="parts"
            label={t.parts}
            options={parts.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <TextField name="topics" label={t.topics} hint={t.topicsHint} maxLength={400} autocomplete="off" />
        {places.length > 0 && (
          <Choices
            name="places"
            label={t.places}
            options={places.flatMap(({ organisation_id, organisation }) =>
              organisation_id && organisation ? [{ value: organisation_id, label: organisation }] : [],
            )}
          />
        )}
      </details>
    </>
  );
}

function Reject(props: PartProps) {
  const { form, busy } = useStep(props, (fields) => ({
    to: "rejected",
    reason: written(fields, "reason"),
    details: { code: written(fields, "details/code") as "other" },
  }));
  return (
    <Form {...form}>
      <Select
        name="details/code"
        label={deciding.look.code}
        options={Object.entries(rejectedFor).map(([value, label]) => ({ value, label }))}
      />
      <TextArea
        name="reason"
        label={deciding.reason}
        hint={deciding.reasonHint}
        wrong={deciding.reasonMissing}
        required
        minLength={3}
        maxLength={1000}
        rows={3}
      />
      <button class="button quiet" aria-disabled={busy}>
        {deciding.reject}
      </button>
    </Form>
  );
}
