import { useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { useLoad } from "../../../api/load";
import { deciding } from "../../../text/en/proposals/deciding";
import { rejectedFor } from "../../../text/en/proposals/values";
import { Choices, Select, TextArea } from "../../../ui/fields";
import { Form, type Fault } from "../../../ui/form";
import type { Option } from "../../../ui/Toggle";
import type { PartProps } from "../Proposal";
import { useStep, written, type Asked } from "./useStep";

const t = deciding.look;
type Details = NonNullable<Asked["details"]>;
type Outcome = NonNullable<Details["outcome"]>;

const named = (labels: Record<string, string>): Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

/** Communities of the network a proposal is meant for; without them the similar ones still stand there. */
function useNetwork(community_id: string): Schemas["TreeNode"][] {
  const load = useLoad(
    (signal) => api.get("/v1/communities/{community_id}/tree", { path: { community_id }, signal }),
    [community_id],
  );
  return load.state === "ready" ? load.value.items.filter(({ status }) => status === "active") : [];
}

/** What is decided, in the shape of the contract. */
export function decisionIn(fields: FormData): Asked {
  const found = written(fields, "found");
  const reason = written(fields, "reason") || null;
  if (found === "rejected")
    return { to: "rejected", reason, details: { code: written(fields, "details/code") as "other" } };
  if (found === "referred") {
    const outcome = written(fields, "details/outcome") as Outcome;
    const kind = outcome === "merge" ? ("proposal" as const) : ("community" as const);
    const ids = [...fields.getAll("details/targets"), fields.get("details/target")];
    const targets = [...new Set(ids.map((id) => String(id ?? "")).filter(Boolean))].map((id) => ({ kind, id }));
    return { to: "referred", reason, details: { outcome, ...(targets.length && { targets }) } };
  }
  const decision = found as NonNullable<Details["decision"]>;
  const part = found === "working_group" || found === "sub_network";
  const details = { decision, ...(part && { parent_id: written(fields, "details/parent_id") }) };
  return { to: "scoping", reason, details };
}

/** The first look: does it exist already, does it go on, or is it not for this network? */
export default function FirstLook(props: PartProps) {
  const { proposal, story } = props;
  const [found, setFound] = useState("");
  const [outcome, setOutcome] = useState("join");
  const [missing, setMissing] = useState<readonly Fault[]>([]);
  const network = useNetwork(proposal.parent_id);
  const { form, busy } = useStep(props, decisionIn);
  const can = new Set(proposal.can);
  const options = named(t.options).filter(({ value }) =>
    value === "referred" ? can.has("refer") : value === "rejected" ? can.has("reject") : can.has("assess"),
  );
  const alike = story.similar.filter(({ kind }) => kind === (outcome === "merge" ? "proposal" : "community"));
  const others = network.filter(({ id }) => !alike.some((one) => one.id === id));
  const communities = [...story.similar.filter(({ kind }) => kind === "community"), ...others];
  const hear = (event: Event) => {
    const { name, value } = event.target as HTMLInputElement;
    if (name === "found") setFound(value);
    if (name === "details/outcome") setOutcome(value);
  };
  const submit = (fields: FormData, target: HTMLFormElement) => {
    const wrong = fields.get("found") ? [] : [{ at: "found", detail: deciding.choose }];
    setMissing(wrong);
    if (!wrong.length) form.onSubmit(fields, target);
  };
  return (
    <div onInput={hear}>
      <Form {...form} onSubmit={submit} faults={missing.length ? missing : form.faults}>
        <p class="hint">{t.hint}</p>
        {!can.has("assess") && <p>{deciding.notYours}</p>}
        <Choices name="found" type="radio" label={t.found} options={options} />
        {(found === "working_group" || found === "sub_network") && (
          <Select
            name="details/parent_id"
            label={t.parent}
            hint={t.parentHint}
            options={communities.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        {found === "referred" && (
          <>
            <Choices
              name="details/outcome"
              type="radio"
              label={t.outcome}
              options={named(t.outcomes)}
              chosen={[outcome]}
            />
            {alike.length > 0 && (
              <Choices
                key={outcome}
                name="details/targets"
                type={outcome === "merge" ? "radio" : "checkbox"}
                label={t.targets}
                options={alike.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
            {outcome !== "merge" && (
              <Select
                name="details/target"
                label={alike.length ? t.other : t.targets}
                options={[
                  { value: "", label: t.none },
                  ...others.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            )}
          </>
        )}
        {found === "rejected" && <Select name="details/code" label={t.code} options={named(rejectedFor)} />}
        {found && found !== "no_duplicate" && (
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
        )}
        <button class="button" aria-disabled={busy}>
          {t.decide}
        </button>
      </Form>
    </div>
  );
}
