import { useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { useLoad } from "../../../api/load";
import { useSending } from "../../../api/problems";
import { me } from "../../../me";
import { dayOf } from "../../../text/dates";
import { deciding } from "../../../text/en/proposals/deciding";
import { offerNames } from "../../../text/en/proposals/values";
import { label } from "../../../text/format";
import { Choices, Select, TextField } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import { Saved } from "../../../ui/Saved";
import { FindColleague } from "../ideas/Colleagues";
import type { PartProps } from "../Proposal";
import { useStep, written } from "./useStep";

const t = deciding.offices;
type Named = { id: string; name: string; as: string };

/** Those who may be asked first: who said yes and as what, and who stands behind it anyway. */
function usePeople({ proposal, story }: PartProps): Named[] {
  const load = useLoad(
    (signal) =>
      api.get("/v1/proposals/{proposal_id}/expressions", {
        path: { proposal_id: proposal.id },
        query: { interested: true, limit: 100 },
        signal,
      }),
    [proposal.id],
  );
  const said = load.state === "ready" ? load.value.items : [];
  const people = new Map<string, Named>();
  for (const { person_id, person_name, role } of said)
    people.set(person_id, { id: person_id, name: person_name, as: label(offerNames, role) });
  for (const person of [story.proposed_lead, story.proposer, ...story.co_supporters])
    if (person && !people.has(person.id)) people.set(person.id, { ...person, as: person.organisation ?? "" });
  return [...people.values()];
}

/** Lead and sponsor are named, then planning can begin. */
export default function Offices(props: PartProps) {
  const people = usePeople(props);
  return (
    <>
      <p>{t.text}</p>
      <div class="halves">
        <Office {...props} office="lead" people={people} />
        <Office {...props} office="sponsor" people={people} />
      </div>
      {props.proposal.can.includes("plan") && <Begin {...props} />}
    </>
  );
}

type OfficeProps = PartProps & { office: "lead" | "sponsor"; people: readonly Named[] };

function Office({ proposal, story, office, people, onChange }: OfficeProps) {
  const [done, setDone] = useState<string>();
  const holder = story.offices.find((one) => one.office === office);
  const role = office === "lead" ? "co_lead" : "sponsor";
  // Whoever offered just that stands first.
  const sorted = people.toSorted(
    (a, b) => Number(b.as === label(offerNames, role)) - Number(a.as === label(offerNames, role)),
  );
  const name = async (person_id: string, words: string) => {
    await api.put("/v1/proposals/{proposal_id}/offices/{office}", {
      path: { proposal_id: proposal.id, office },
      body: { person_id },
    });
    setDone(t.asked(words));
    onChange();
  };
  const { form, busy } = useSending(async (fields) => {
    const id = written(fields, "person_id");
    await name(id, people.find((person) => person.id === id)?.name ?? "");
  });
  return (
    <div>
      <h3>{t.names[office]}</h3>
      <p class={holder?.accepted ? "saved" : "soft"}>{standing(holder)}</p>
      <Saved words={done} />
      {!holder?.accepted && (
        <Form {...form}>
          <Select
            name="person_id"
            label={t.choose[office]}
            hint={t.chooseHint}
            options={sorted.map(({ id, name: words, as }) => ({
              value: id,
              label: as ? `${words} (${as.toLocaleLowerCase()})` : words,
            }))}
          />
          <button class="button quiet" aria-disabled={busy}>
            {t.ask}
          </button>
        </Form>
      )}
      {!holder?.accepted && (
        <details>
          <summary>{t.somebody}</summary>
          <FindColleague
            name={`find-${office}`}
            without={[]}
            onChoose={(person) => void name(person.id, person.name).catch(() => undefined)}
          />
        </details>
      )}
    </div>
  );
}

function standing(holder: Schemas["OfficeRead"] | undefined): string {
  if (!holder) return t.nobody;
  if (holder.accepted === null) return t.waits(holder.person.name);
  return holder.accepted ? t.yes(holder.person.name) : t.no(holder.person.name);
}

function Begin(props: PartProps) {
  const words = deciding.planning;
  const { form, busy } = useStep(props, (fields) => ({
    to: "planning",
    details: {
      template: written(fields, "details/template") as "light" | "full",
      starts_on: written(fields, "details/starts_on"),
    },
  }));
  return (
    <Form {...form} class="then">
      <h3>{words.title}</h3>
      <Choices
        name="details/template"
        type="radio"
        label={words.template}
        options={Object.entries(words.templates).map(([value, text]) => ({ value, label: text }))}
        chosen={["light"]}
      />
      <TextField
        name="details/starts_on"
        type="date"
        class="short"
        label={words.starts}
        defaultValue={dayOf(new Date(), me.value?.timezone ?? "UTC")}
        required
      />
      <button class="button" aria-disabled={busy}>
        {words.begin}
      </button>
    </Form>
  );
}
