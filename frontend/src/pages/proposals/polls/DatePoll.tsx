import { useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { Trouble, useDoing } from "../../../api/problems";
import { me } from "../../../me";
import { paths } from "../../../paths";
import { longDay, sameClock, zoneName } from "../../../text/dates";
import { polls as t } from "../../../text/en/proposals/polls";
import { Saved } from "../../../ui/Saved";
import { Toggle } from "../../../ui/Toggle";
import { spanIn } from "../../sessions/moments";
import type { PartProps } from "../Proposal";
import { AskDates } from "./AskDates";
import { DecideDate } from "./DecideDate";

export type Poll = Schemas["PollRead"];
type Option = Poll["options"][number];
type Suits = NonNullable<Option["my_vote"]>;

const answers = Object.entries(t.suits).map(([value, label]) => ({ value, label }));

/** A date with its times, by the clock of one zone. */
export function whenIn({ starts_at }: Option, { minutes, timezone }: Poll, zone: string): string {
  const ends_at = new Date(Date.parse(starts_at) + minutes * 60_000).toISOString();
  return `${longDay(starts_at, zone)}, ${spanIn({ starts_at, ends_at, timezone }, zone)}`;
}

/** When should the first session be? Asked, answered and decided in one place. */
export default function DatePoll(props: PartProps) {
  const { proposal, polls, onChange } = props;
  const newest = polls[0];
  const asks = proposal.can.includes("ask_dates");
  return (
    <section aria-labelledby="dates-title">
      <h2 id="dates-title">{newest ? t.title : t.ask.title}</h2>
      {newest && <Votes key={newest.id} poll={newest} onChange={onChange} />}
      {newest?.can.includes("decide") && <DecideDate poll={newest} onChange={onChange} />}
      {asks && !newest && <AskDates proposal={proposal} onChange={onChange} />}
      {asks && newest && !newest.open && !newest.can.includes("decide") && (
        <details>
          <summary>{t.ask.open}</summary>
          <AskDates proposal={proposal} onChange={onChange} />
        </details>
      )}
    </section>
  );
}

function Votes({ poll: read, onChange }: { poll: Poll; onChange: () => void }) {
  const [saved, setSaved] = useState<Poll>();
  // What an answer brought is newer than the page, until that is read again.
  const poll = saved && saved.version >= read.version ? saved : read;
  const [done, setDone] = useState<string>();
  const { busy, trouble, run } = useDoing(onChange);
  const mine = me.value?.timezone ?? poll.timezone;
  // What was pressed shows at once; when it could not be saved, the last saved answer comes back.
  const [wanted, want] = useState<{ option_id: string; suits: Suits }>();
  const vote = async (option_id: string, suits: Suits) => {
    want({ option_id, suits });
    await run(async () => {
      setDone(undefined);
      setSaved(
        await api.put("/v1/date-polls/{poll_id}/votes/me", {
          path: { poll_id: poll.id },
          body: { votes: [{ option_id, suits }] },
        }),
      );
      setDone(t.saved);
    });
    want(undefined);
  };
  const votes = poll.can.includes("vote");
  return (
    <div aria-busy={busy}>
      {poll.open ? (
        <p>{t.text(longDay(poll.closes_at, mine))}</p>
      ) : (
        <p>
          {t.over} {!poll.chosen_id && t.waits}
        </p>
      )}
      <p class="soft">{t.clock(zoneName(poll.timezone))}</p>
      <Trouble words={trouble} />
      <ul class="list rows">
        {poll.options.map((option) => {
          const when = whenIn(option, poll, poll.timezone);
          return (
            <li key={option.id}>
              <div>
                <h3>
                  <time dateTime={option.starts_at}>{when}</time>
                </h3>
                {!sameClock(poll.timezone, mine, option.starts_at) && (
                  <p>{t.yours(`${whenIn(option, poll, mine)} (${zoneName(mine)})`)}</p>
                )}
                <p class="soft">
                  {t.counts(option.yes, option.if_need_be, option.no)}{" "}
                  {option.id === poll.chosen_id ? (
                    <span class="tag">{t.chosen}</span>
                  ) : (
                    option.best && !poll.chosen_id && <span class="tag">{t.best}</span>
                  )}
                </p>
              </div>
              {votes && (
                <Toggle
                  name={`suits-${option.id}`}
                  legend={t.legend(when)}
                  options={answers}
                  chosen={wanted?.option_id === option.id ? wanted.suits : option.my_vote}
                  onChoose={(suits) => void vote(option.id, suits as Suits)}
                />
              )}
            </li>
          );
        })}
      </ul>
      <Saved words={done} />
      <p class="soft">{t.answered(poll.voters, poll.asked)}</p>
      {poll.session_id && (
        <p>
          <a href={paths.session(poll.session_id)}>{t.session}</a>
        </p>
      )}
    </div>
  );
}
