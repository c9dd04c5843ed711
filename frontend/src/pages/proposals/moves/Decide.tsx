import type { ComponentChildren } from "preact";
import { later } from "../../../api/later";
import { deciding as t } from "../../../text/en/proposals/deciding";
import { Form } from "../../../ui/form";
import type { PartProps } from "../Proposal";
import { Running } from "./Running";
import { useStep, type Asked } from "./useStep";

const FirstLook = later(() => import("./FirstLook"));
const OpenCall = later(() => import("../calls/OpenCall"));
const Offices = later(() => import("./Offices"));

/** What waits for the reader now, and nothing else: one panel, as the rules of the API allow. */
export default function Decide(props: PartProps) {
  const can = new Set(props.proposal.can);
  switch (props.proposal.state) {
    case "submitted":
      return can.has("assess") || can.has("refer") ? (
        <Panel title={t.look.title}>
          <FirstLook {...props} />
        </Panel>
      ) : null;
    case "scoping":
    case "interest_not_met":
      return can.has("open_call") ? (
        <Panel title={props.proposal.state === "scoping" ? t.call.title : t.call.again}>
          <OpenCall {...props} />
        </Panel>
      ) : null;
    case "interest_call":
      return can.has("confirm_interest") ? (
        <Panel title={t.open.title} quiet>
          <Running {...props} />
        </Panel>
      ) : null;
    case "interest_met":
      return can.has("name_office") ? (
        <Panel title={t.offices.title}>
          <Offices {...props} />
        </Panel>
      ) : null;
    case "planning":
      return can.has("schedule") ? (
        <Panel title={t.scheduling.title}>
          <One {...props} text={t.scheduling.text} action={t.scheduling.set} step={{ to: "scheduled" }} />
        </Panel>
      ) : null;
    case "scheduled":
      return can.has("launch") ? (
        <Panel title={t.launching.title}>
          <One {...props} text={t.launching.text} action={t.launching.launch} step={{ to: "launched" }} />
        </Panel>
      ) : null;
    default:
      return null;
  }
}

type PanelProps = { title: string; quiet?: boolean; children: ComponentChildren };

const Panel = ({ title, quiet, children }: PanelProps) => (
  <section class="card" aria-labelledby="decide">
    {!quiet && <p class="needs kicker">{t.title}</p>}
    <h2 id="decide">{title}</h2>
    {children}
  </section>
);

/** A step that needs no more than one press, and says what is still lacking. */
function One({ text, action, step, ...props }: PartProps & { text: string; action: string; step: Asked }) {
  const { form, busy } = useStep(props, () => step);
  return (
    <Form {...form}>
      <p>{text}</p>
      <button class="button" aria-disabled={busy}>
        {action}
      </button>
    </Form>
  );
}
