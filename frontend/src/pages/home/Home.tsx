import { api, type Schemas } from "../../api/client";
import { useLoad } from "../../api/load";
import { Loaded } from "../../api/problems";
import { me } from "../../me";
import { paths } from "../../paths";
import { clock, daysUntil, longDay } from "../../text/dates";
import { home as t } from "../../text/en/home";
import { label, roleNames, states } from "../../text/en/values";
import { firstName } from "../../text/format";
import { Empty } from "../../ui/Notice";
import { Title } from "../../ui/Title";
import { answered } from "./answered";
import { Ideas } from "./Ideas";
import { NextSession } from "./NextSession";
import { Waiting } from "./Waiting";

type Membership = Schemas["MembershipRead"];
type Session = Schemas["SessionRead"];

type Day = { sessions: Session[]; memberships: Membership[] };

async function today(signal: AbortSignal): Promise<Day> {
  const [sessions, memberships] = await Promise.all([
    api.get("/v1/sessions", { query: { mine: true, from: new Date().toISOString(), limit: 12 }, signal }),
    api.get("/v1/me/memberships", { query: { limit: 100 }, signal }),
  ]);
  return {
    sessions: sessions.items.filter(({ status }) => status !== "cancelled"),
    memberships: memberships.items,
  };
}

export default function Home() {
  const load = useLoad(today, []);
  return (
    <Loaded load={load} page>
      {(day) => <Page {...day} />}
    </Loaded>
  );
}

function Page({ sessions, memberships }: Day) {
  const person = me.value;
  if (!person) return null;
  const now = new Date();
  const hour = Number(
    new Intl.DateTimeFormat("en-GB", { hour: "numeric", hourCycle: "h23", timeZone: person.timezone }).format(
      now,
    ),
  );
  const names = new Map(
    memberships.map(({ community_id, community_name }) => [community_id, community_name]),
  );
  const soon = sessions.filter(({ starts_at }) => daysUntil(starts_at, person.timezone, now) < 7).length;
  // What one has declined is not what matters now.
  const next = sessions.find(({ my_rsvp }) => my_rsvp?.answer !== "no") ?? sessions[0];
  const invitations = memberships.filter(({ state }) => state === "invited");
  const led = memberships.filter(
    ({ state, role }) => state === "active" && (role === "lead" || role === "coordinator"),
  );
  return (
    <>
      <div class="wide stack">
        <div>
          <Title tab={t.tab}>{t.greeting(firstName(person.name), hour)}</Title>
          <p class="lead soft">{t.today(longDay(now.toISOString(), person.timezone, now), soon)}</p>
        </div>
        {invitations.map((invitation) => (
          <Invitation key={invitation.id} invitation={invitation} />
        ))}
        {next && <NextSession session={next} community={names.get(next.community_id) ?? ""} />}
        <Ideas />
        <div class="columns">
          <Ahead sessions={sessions.filter((session) => session !== next)} names={names} none={!next} />
          <MyCommunities memberships={memberships.filter(({ state }) => state !== "invited")} />
        </div>
      </div>
      {led.length > 0 && <Waiting led={led} />}
    </>
  );
}

const Invitation = ({ invitation: { community_id, community_name } }: { invitation: Membership }) => (
  <div class="notice warm">
    <h2 class="needs">{t.invited(community_name)}</h2>
    <p>{t.invitedText}</p>
    <p>
      <a href={paths.community(community_id)}>{t.invitedLook}</a>
    </p>
  </div>
);

function Ahead({
  sessions,
  names,
  none,
}: {
  sessions: readonly Session[];
  names: ReadonlyMap<string, string>;
  none: boolean;
}) {
  if (none) {
    return (
      <section>
        <Empty title={t.nothingAhead.title}>
          <p>{t.nothingAhead.text}</p>
          <a href={paths.communities()}>{t.nothingAhead.find}</a>
        </Empty>
      </section>
    );
  }
  if (!sessions.length) return null;
  return (
    <section aria-labelledby="ahead">
      <h2 id="ahead">{t.ahead}</h2>
      <ol class="timeline">
        {sessions.map((session) => (
          <li key={session.id} class={session.my_rsvp?.answer === "yes" ? "done" : undefined}>
            <p class="kicker">
              {longDay(session.starts_at, session.timezone)}, {clock(session.starts_at, session.timezone)} ·{" "}
              {names.get(session.community_id)}
            </p>
            <h3>
              <a href={paths.session(session.id)}>{session.title}</a>
            </h3>
            {session.my_rsvp && <p class="soft">{answered(session)}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function MyCommunities({ memberships }: { memberships: readonly Membership[] }) {
  return (
    <section aria-labelledby="mine">
      <h2 id="mine">{t.mine}</h2>
      {memberships.length ? (
        <ul class="list short-rows">
          {memberships.map(({ id, community_id, community_name, role, state }) => (
            <li key={id}>
              <h3>
                <a href={paths.community(community_id)}>{community_name}</a>
              </h3>
              <p class="soft">{state === "active" ? label(roleNames, role) : label(states, state)}</p>
            </li>
          ))}
        </ul>
      ) : (
        <Empty title={t.none.title}>
          <p>{t.none.text}</p>
          <a class="button" href={paths.communities()}>
            {t.none.find}
          </a>
        </Empty>
      )}
    </section>
  );
}
