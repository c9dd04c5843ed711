import { useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { useList } from "../../../api/list";
import { Loaded, Trouble, useDoing } from "../../../api/problems";
import { me } from "../../../me";
import { longDay } from "../../../text/dates";
import { soundings as t } from "../../../text/en/proposals/soundings";
import { opinions } from "../../../text/en/proposals/values";
import { label } from "../../../text/format";
import { More } from "../../../ui/More";
import { Avatar } from "../../../ui/people";
import { Prose } from "../../../ui/Prose";
import { Saved } from "../../../ui/Saved";
import type { PartProps } from "../Proposal";
import { AskSounding } from "./AskSounding";

type Sounding = Schemas["SoundingRead"];

/** What colleagues think in private, and how to ask one more. */
export default function Soundings({ proposal }: PartProps) {
  const path = { proposal_id: proposal.id };
  const list = useList<Sounding>(
    (cursor, signal) =>
      api.get("/v1/proposals/{proposal_id}/soundings", {
        path,
        query: { ...cursor, limit: 25 },
        ...(signal && { signal }),
      }),
    [proposal.id],
  );
  const { busy, trouble, run } = useDoing();
  const [done, setDone] = useState<string>();
  const withdraw = (sounding_id: string) =>
    run(async () => {
      await api.delete("/v1/proposals/{proposal_id}/soundings/{sounding_id}", {
        path: { ...path, sounding_id },
      });
      setDone(t.takenBack);
      list.again();
    });
  return (
    <section aria-labelledby="soundings">
      <h2 id="soundings" tabIndex={-1}>
        {t.title}
      </h2>
      <p class="soft">{t.text}</p>
      <Trouble words={trouble} />
      <Saved words={done} focus />
      <Loaded load={list}>
        {(items) =>
          items.length ? (
            <ul class="people acts">
              {items.map((sounding) => {
                const name = sounding.name || sounding.email || t.somebody;
                const unused = !sounding.answered_at && !sounding.withdrawn_at;
                return (
                  <li key={sounding.id}>
                    <Avatar name={name} />
                    <h3>{name}</h3>
                    {sounding.opinion && <p>{label(opinions, sounding.opinion)}</p>}
                    {sounding.comment && <Prose text={sounding.comment} />}
                    <p class="soft">{standing(sounding)}</p>
                    {unused && proposal.can.includes("see_soundings") && (
                      <div class="actions">
                        <button
                          class="plain"
                          type="button"
                          aria-disabled={busy}
                          aria-label={t.withdrawOf(name)}
                          onClick={() => void withdraw(sounding.id)}
                        >
                          {t.withdraw}
                        </button>
                      </div>
                    )}
                  </li>
                );
              })}
            </ul>
          ) : (
            <p>{t.nobody}</p>
          )
        }
      </Loaded>
      <Trouble words={list.trouble} />
      <More more={list.more} busy={list.growing} onMore={list.grow}>
        {t.more}
      </More>
      {proposal.can.includes("ask_soundings") && (
        <AskSounding proposal_id={proposal.id} onDone={list.again} />
      )}
    </section>
  );
}

function standing({ answered_at, withdrawn_at, expires_at, role, organisation }: Sounding): string {
  const zone = me.value?.timezone ?? "UTC";
  if (answered_at) return [role, organisation, longDay(answered_at, zone)].filter(Boolean).join(", ");
  if (withdrawn_at) return t.withdrawn;
  if (!expires_at) return t.waitsNoDay;
  return Date.parse(expires_at) < Date.now() ? t.over : t.waits(longDay(expires_at, zone));
}
