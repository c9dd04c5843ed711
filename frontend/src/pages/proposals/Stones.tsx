import { me } from "../../me";
import { date } from "../../text/dates";
import { stones as t } from "../../text/en/proposals/stones";
import { decisions, proposalStates } from "../../text/en/proposals/states";
import { label } from "../../text/format";
import { stonesOf, type Step, type Stone } from "./way";

type Props = {
  steps: readonly Step[];
  /** The day the open call closes, in words. */
  until?: string | undefined;
  /** Words in place of those for whoever is on the way: a title one sees, and the draft's own words. */
  leads?: boolean;
};

/** The whole way from an idea to a first session: done, now, and to come. */
const Stones = ({ steps, until, leads }: Props) => (
  <section class="path" aria-labelledby="way-title">
    <h2 id="way-title" class={leads ? undefined : "visually-hidden"}>
      {leads ? t.leads : t.title}
    </h2>
    <ol class="stones">
      {stonesOf(steps).map((stone) => (
        <li
          key={stone.id}
          class={stone.is === "ahead" ? undefined : stone.is}
          aria-current={stone.is === "now" ? "step" : undefined}
        >
          <h3>{stone.id === "draft" && stone.step ? t.handedIn : t.names[stone.id]}</h3>
          <Words stone={stone} until={until} leads={leads ?? false} />
        </li>
      ))}
    </ol>
  </section>
);

export default Stones;

function Words({ stone, until, leads }: { stone: Stone; until: string | undefined; leads: boolean }) {
  const { id, is, step, ended } = stone;
  if (is === "done" && step) {
    return (
      <p>
        {date(step.at, me.value?.timezone ?? "UTC")}
        <br />
        {behind(stone, step)}
      </p>
    );
  }
  if (is === "now" && ended) return <p>{t.ended(label(proposalStates, ended))}</p>;
  if (is === "now" && until && id === "call") return <p>{t.until(until)}</p>;
  return (
    <p>
      {is === "now" && leads && <>{t.here} </>}
      {t.ahead[id]}
    </p>
  );
}

const counted = (found: unknown): Record<string, number> => (found ?? {}) as Record<string, number>;

/** What came of a stone that was left. */
function behind({ id }: Stone, { evidence, actor_name }: Step): string {
  switch (id) {
    case "draft":
      return t.by(actor_name ?? "");
    case "look":
      return evidence["decision"] ? label(decisions, String(evidence["decision"])) : t.done;
    case "soundings":
      return evidence["soundings"] ? t.answers(Number(evidence["soundings"])) : t.done;
    case "call":
      return t.saidYes(counted(evidence["counts"])["people"] ?? 0);
    case "decision":
      return t.agreed;
    case "planning":
      return t.dateSet;
    case "session":
      return t.were(Number(evidence["present"] ?? 0));
  }
}
