// One step of a proposal, asked for from a form: what was decided, on which version, and why.

import { api, Refusal, type Schemas } from "../../../api/client";
import { toRefusal } from "../../../api/load";
import { useSending } from "../../../api/problems";
import { capital, sentence } from "../../../text/format";
import type { PartProps } from "../Proposal";

export type Asked = Omit<Schemas["TransitionCreate"], "expected_version">;

/** What is lacking, told beside the answer it is about where there is one, and as a sentence. */
export function advised(error: unknown): Refusal {
  const refusal = toRefusal(error);
  const errors = refusal.problem.errors?.map(({ at, detail }) => ({
    at: at.replace(/^guard\//, ""),
    detail: sentence(capital(detail)),
  }));
  return errors ? new Refusal({ ...refusal.problem, errors }) : refusal;
}

export const written = (fields: FormData, name: string): string =>
  String(fields.get(name) ?? "")
    .replaceAll("\r\n", "\n")
    .trim();

/** Everything somebody wrote in sentences, to give it back if somebody else was quicker. */
const sentencesIn = (fields: FormData): string =>
  ["details/text", "reason"]
    .map((name) => written(fields, name))
    .filter(Boolean)
    .join("\n\n");

export function useStep(
  { proposal, onChange, onQuicker }: PartProps,
  ask: (fields: FormData) => Asked,
  onDone?: () => void,
) {
  return useSending(async (fields) => {
    try {
      await api.post("/v1/proposals/{proposal_id}/transitions", {
        path: { proposal_id: proposal.id },
        body: { ...ask(fields), expected_version: proposal.version },
      });
    } catch (error) {
      const refusal = advised(error);
      if (refusal.status !== 412) throw refusal;
      onQuicker(sentencesIn(fields));
      return;
    }
    onDone?.();
    onChange();
  });
}
