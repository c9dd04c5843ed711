import { proposal as words } from "../../../text/en/proposals/proposal";
import { TextArea } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import type { PartProps } from "../Proposal";
import { useStep, written, type Asked } from "./useStep";

const t = words.ending;

type Kind = "withdraw" | "appeal" | "revive";
const texts: Record<Kind, string> = { withdraw: t.withdrawText, appeal: t.appealText, revive: t.reviveText };

/** Where somebody who revives a proposal finds it: as it stood, but for a session that is past by then. */
function revived(steps: PartProps["steps"]): Asked["to"] {
  const before = steps.findLast(({ to }) => to === "expired")?.from;
  return before === "scheduled" || !before ? "planning" : before;
}

/** Letting it go, asking for a second look, bringing it back; each with a sentence that says why. */
export default function Ending(props: PartProps) {
  const can = new Set(props.proposal.can);
  const kinds = (["appeal", "revive", "withdraw"] as const).filter((kind) => can.has(kind));
  return (
    <section aria-labelledby="ending-title">
      <h2 id="ending-title" class="visually-hidden">
        {t.title}
      </h2>
      {kinds.map((kind) => (
        <details key={kind}>
          <summary>{t[kind]}</summary>
          <One {...props} kind={kind} />
        </details>
      ))}
    </section>
  );
}

function One({ kind, ...props }: PartProps & { kind: Kind }) {
  const to = { withdraw: "withdrawn", appeal: "scoping", revive: revived(props.steps) } as const;
  const { form, busy } = useStep(props, (fields) => ({ to: to[kind], reason: written(fields, "reason") }));
  return (
    <Form {...form}>
      <p>{texts[kind]}</p>
      <TextArea
        name="reason"
        label={t.reason}
        hint={t.reasonHint}
        required
        minLength={3}
        maxLength={1000}
        rows={3}
      />
      <button class="button quiet" aria-disabled={busy}>
        {t[kind]}
      </button>
    </Form>
  );
}
