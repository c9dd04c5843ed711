import { useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { useList } from "../../../api/list";
import { Loaded, Trouble } from "../../../api/problems";
import { reach as t } from "../../../text/en/proposals/reach";
import { offerNames } from "../../../text/en/proposals/values";
import { shell } from "../../../text/en/shell";
import { label } from "../../../text/format";
import { number } from "../../../text/format";
import { More } from "../../../ui/More";
import { Avatar } from "../../../ui/people";

type Props = { call: Schemas["CallRead"]; reach: Schemas["CallReach"] };

/** Whom a call reached and who answered; for coordinators. */
export default function Reach({ call, reach }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <section aria-labelledby="reach-title">
      <h2 id="reach-title">{t.title}</h2>
      <p>{t.text(reach.reached, reach.answered, reach.interested)}</p>
      <details>
        <summary>{t.caption}</summary>
        <div class="scroll" role="region" aria-label={t.caption} tabIndex={0}>
        <table>
          <caption class="visually-hidden">{t.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{t.organisation}</th>
              <th scope="col" class="n">
                {t.asked}
              </th>
              <th scope="col" class="n">
                {t.answered}
              </th>
              <th scope="col" class="n">
                {t.yes}
              </th>
            </tr>
          </thead>
          <tbody>
            {reach.by_organisation.map(({ organisation_id, organisation, reached, answered, interested }) => (
              <tr key={organisation_id ?? "none"}>
                <th scope="row">{organisation ?? t.none}</th>
                <td class="n">{number(reached)}</td>
                <td class="n">{number(answered)}</td>
                <td class="n">{number(interested)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        </div>
      </details>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t.names}</summary>
        {open && <Names proposal_id={call.proposal_id} />}
      </details>
    </section>
  );
}

function Names({ proposal_id }: { proposal_id: string }) {
  const list = useList<Schemas["ExpressionRead"]>(
    (cursor, signal) =>
      api.get("/v1/proposals/{proposal_id}/expressions", {
        path: { proposal_id },
        query: { ...cursor, limit: 50 },
        ...(signal && { signal }),
      }),
    [proposal_id],
  );
  return (
    <>
      <p class="soft">{t.only}</p>
      <Loaded load={list}>
        {(people) =>
          people.length ? (
            <ul class="people two">
              {people.map(({ id, person_name, organisation, interested, role, comment }) => (
                <li key={id}>
                  <Avatar name={person_name} />
                  <p>
                    <strong>{person_name}</strong>
                  </p>
                  <p>{interested ? label(offerNames, role) : t.notForThem}</p>
                  <p class="soft">{[organisation, comment].filter(Boolean).join(". ")}</p>
                </li>
              ))}
            </ul>
          ) : (
            <p class="soft">{t.nobody}</p>
          )
        }
      </Loaded>
      <Trouble words={list.trouble} />
      <More more={list.more} busy={list.growing} onMore={list.grow}>
        {shell.more}
      </More>
    </>
  );
}
