import { useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { useSending } from "../../../api/problems";
import { me } from "../../../me";
import { dayOf, momentOf, zoneName } from "../../../text/dates";
import { polls } from "../../../text/en/proposals/polls";
import { TextField } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import { written } from "../moves/useStep";

const t = polls.ask;
const DAY = 86_400_000;
const MOST = 12;

type Props = { proposal: Schemas["ProposalRead"]; onChange: () => void };

/** Offer some dates to those who would come. */
export function AskDates({ proposal, onChange }: Props) {
  const zone = me.value?.timezone ?? "UTC";
  const [count, setCount] = useState(3);
  const rows = Array.from({ length: count }, (_, index) => index);
  const inDays = (days: number) => dayOf(new Date(Date.now() + days * DAY), zone);
  const { form, busy } = useSending(async (fields) => {
    const options = rows.flatMap((row) => {
      const day = written(fields, `day-${row}`);
      return day ? [momentOf(day, written(fields, `at-${row}`), zone)] : [];
    });
    await api.post("/v1/proposals/{proposal_id}/date-polls", {
      path: { proposal_id: proposal.id },
      body: {
        options,
        minutes: Number(written(fields, "minutes")),
        timezone: zone,
        closes_at: momentOf(written(fields, "closes_at"), "23:59", zone),
      },
    });
    onChange();
  });
  // The API counts the dates, the form has a box for each.
  const faults = form.faults.map((fault) => ({
    ...fault,
    at: fault.at.replace(/^options\/(\d+)$/, "day-$1"),
  }));
  return (
    <Form {...form} faults={faults}>
      <p>{t.text}</p>
      {rows.map((row) => (
        <fieldset key={row}>
          <legend>{t.option(row + 1)}</legend>
          <div class="fields-row">
            <TextField
              name={`day-${row}`}
              type="date"
              label={t.day}
              defaultValue={inDays(14 + row * 2)}
              min={inDays(1)}
              required={row < 2}
            />
            <TextField name={`at-${row}`} type="time" label={t.at} defaultValue="12:30" required={row < 2} />
          </div>
        </fieldset>
      ))}
      {count < MOST && (
        <p>
          <button class="plain" type="button" onClick={() => setCount(count + 1)}>
            {t.another}
          </button>
        </p>
      )}
      <p class="hint">{polls.clock(zoneName(zone))}</p>
      <div class="fields-row">
        <TextField
          name="minutes"
          type="number"
          label={t.minutes}
          min="15"
          max="480"
          defaultValue="60"
          required
        />
        <TextField
          name="closes_at"
          type="date"
          label={t.closes}
          hint={t.closesHint}
          defaultValue={inDays(7)}
          min={inDays(0)}
          required
        />
      </div>
      <button class="button" aria-disabled={busy}>
        {t.send}
      </button>
    </Form>
  );
}
