import { useState } from "preact/hooks";
import { paths } from "../../paths";
import { insight } from "../../text/en/insight";
import { TextField } from "../../ui/fields";
import { Form, type Fault } from "../../ui/form";
import { dayBefore, lengths, type Window } from "./windows";

const t = insight.window;

type Props = {
  community_id: string;
  window: Window;
  keep: Record<string, string>;
  onDays: (from: string, to: string) => void;
};

/** Which time the page looks at. The choice stands in the address, so that a link shows the same numbers. */
export function WindowChoice({ community_id, window, keep, onDays }: Props) {
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const submit = (fields: FormData) => {
    const [from, to] = [String(fields.get("from")), String(fields.get("to"))];
    if (to < from) return setFaults([{ at: "to", detail: t.order }]);
    setFaults([]);
    onDays(from, to);
  };
  return (
    <nav aria-label={t.label} class="window">
      <ul class="row">
        {lengths.map((months) => (
          <li key={months}>
            <a
              href={paths.communityInsight(community_id, { ...keep, months: String(months) })}
              class="window-link"
              aria-current={months === window.months ? "true" : undefined}
            >
              {t.lengths[months]}
            </a>
          </li>
        ))}
      </ul>
      <details open={window.months === null}>
        <summary>{t.other}</summary>
        <Form onSubmit={submit} faults={faults} class="fields-row">
          <TextField name="from" type="date" label={t.from} defaultValue={window.from} required />
          <TextField name="to" type="date" label={t.to} defaultValue={dayBefore(window.to)} required />
          <button class="button quiet">{t.show}</button>
        </Form>
      </details>
    </nav>
  );
}
