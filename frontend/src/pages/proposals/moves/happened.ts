// One step of a proposal in words: what happened, and what was known when it did.

import { longDay } from "../../../text/dates";
import { story as t } from "../../../text/en/proposals/story";
import { rejectedFor } from "../../../text/en/proposals/values";
import { label } from "../../../text/format";
import { sentence } from "../../../text/format";
import type { Step } from "../way";

export type Happened = { title: string; words: string[]; session_id: string | undefined };

type Counts = Record<string, number>;

function titleOf({ from, to, evidence }: Step): string {
  if (from === "rejected") return t.steps.appealed;
  if (from === "expired") return t.steps.revived;
  if (from === "interest_not_met" && to === "interest_call") return t.steps.again;
  const named = to === "scoping" ? String(evidence["decision"] ?? to) : to;
  return (t.steps as Record<string, string>)[named] ?? label({}, to);
}

/** The evidence of a step is whatever that step recorded, so every part of it may be absent. */
export function happened(step: Step, zone: string): Happened {
  const { to, evidence: known } = step;
  const count = (name: string): number => Number(known[name] ?? 0);
  const counts = (name: string): Counts => (known[name] ?? {}) as Counts;
  const listed = (name: string): { name?: string }[] => (known[name] ?? []) as { name?: string }[];
  const day = (name: string): string => longDay(String(known[name]), zone);

  const words: string[] = [];
  if (to === "submitted" && known["co_supporters"] !== undefined)
    words.push(t.supported(count("co_supporters")), t.seen(listed("candidates").length));
  const targets = listed("targets").flatMap(({ name }) => (name ? [t.quote(name)] : []));
  if (targets.length) words.push(t.exists(targets));
  if (to === "referred" && known["introduced"]) words.push(t.introduced);
  if (to === "interest_call" && known["audience_size"] !== undefined) {
    words.push(t.reached(count("audience_size")), t.sounded(count("soundings")), t.closes(day("closes_at")));
  }
  if (known["counts"]) words.push(t.counts(counts("counts"), counts("threshold")));
  const related = listed("related").flatMap(({ name }) => (name ? [t.quote(name)] : []));
  if (related.length) words.push(t.instead(related));
  if (to === "planning" && known["template"]) words.push(t.template[String(known["template"])] ?? "");
  if (to === "scheduled" && known["starts_at"]) words.push(t.starts(day("starts_at")), t.told(count("told")));
  if (to === "launched" && known["present"]) words.push(t.present(count("present")), t.invited(count("invited")));
  if (to === "rejected" && known["code"]) words.push(sentence(label(rejectedFor, String(known["code"]))));
  if (step.reason) words.push(t.quote(step.reason));
  return {
    title: titleOf(step),
    words: words.filter(Boolean),
    session_id: typeof known["session_id"] === "string" ? known["session_id"] : undefined,
  };
}
