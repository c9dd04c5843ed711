import { useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { useList, type List } from "../../api/list";
import { Loaded, Trouble } from "../../api/problems";
import { paths } from "../../paths";
import { community as t } from "../../text/en/communities";
import { More } from "../../ui/More";
import { Empty } from "../../ui/Notice";
import { SessionRow } from "../sessions/SessionRow";

type Session = Schemas["SessionRead"];
type Props = { community: Schemas["CommunityRead"] };

/** What is planned, soonest first; what has been, when somebody asks for it. */
export function Programme({ community }: Props) {
  const { id } = community;
  // The moment the page was opened, so that further pages belong to the same list.
  const [now] = useState(() => new Date().toISOString());
  const ahead = useList<Session>(
    (cursor, signal) =>
      api.get("/v1/sessions", {
        query: { ...cursor, community_id: id, from: now, limit: 5 },
        ...(signal && { signal }),
      }),
    [id],
  );
  const plans = community.can.includes("schedule");
  return (
    <>
      <Loaded load={ahead}>
        {(sessions) =>
          sessions.length ? (
            <ol class="agenda">
              {sessions.map((session) => (
                <SessionRow key={session.id} session={session} />
              ))}
            </ol>
          ) : (
            <Empty title={t.noSessions.title}>
              <p>{plans ? t.noSessions.lead : t.noSessions.member}</p>
            </Empty>
          )
        }
      </Loaded>
      <Grow list={ahead} words={t.moreSessions} />
      {plans && (
        <p>
          <a class="button quiet" href={paths.planSession(id)}>
            {t.noSessions.plan}
          </a>
        </p>
      )}
      <Past community_id={id} now={now} />
    </>
  );
}

const Grow = ({ list, words }: { list: List<Session>; words: string }) => (
  <>
    <Trouble words={list.trouble} />
    <More more={list.more} busy={list.growing} onMore={list.grow}>
      {words}
    </More>
  </>
);

function Past({ community_id, now }: { community_id: string; now: string }) {
  const [opened, setOpened] = useState(false);
  return (
    <details onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>{t.earlier}</summary>
      {opened && <PastList community_id={community_id} now={now} />}
    </details>
  );
}

function PastList({ community_id, now }: { community_id: string; now: string }) {
  const past = useList<Session>(
    (cursor, signal) =>
      api.get("/v1/sessions", {
        query: { ...cursor, community_id, to: now, sort: "latest", limit: 10 },
        ...(signal && { signal }),
      }),
    [community_id],
  );
  return (
    <>
      <Loaded load={past}>
        {(sessions) =>
          sessions.length ? (
            <ol class="agenda">
              {sessions.map((session) => (
                <SessionRow key={session.id} session={session} />
              ))}
            </ol>
          ) : (
            <p class="soft">{t.noneEarlier}</p>
          )
        }
      </Loaded>
      <Grow list={past} words={t.moreEarlier} />
    </>
  );
}
