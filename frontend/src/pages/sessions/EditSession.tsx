import { useLocation, useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { asRefusal, useLoad } from "../../api/load";
import { Loaded, useSending } from "../../api/problems";
import { me } from "../../me";
import { paths } from "../../paths";
import { dayOf, zoneName } from "../../text/dates";
import { plan as t } from "../../text/en/plan";
import { Crumbs } from "../../ui/Crumbs";
import { Choice } from "../../ui/fields";
import type { Fault } from "../../ui/form";
import { Form } from "../../ui/form";
import { NotOpen } from "../../ui/NotOpen";
import { Title } from "../../ui/Title";
import { changedFrom, plannedOf, sessionIn, wallOf } from "./draft";
import { SessionFields, type Shown } from "./SessionFields";

type Session = Schemas["SessionRead"];
type Community = Schemas["CommunityRead"];

/** Plans a new session of a community, or changes one that is planned. */
export default function EditSession() {
  const { community_id, session_id } = useRoute().params as { community_id?: string; session_id?: string };
  const load = useLoad(
    async (signal) => {
      const session = session_id
        ? await api.get("/v1/sessions/{session_id}", { path: { session_id }, signal })
        : undefined;
      const path = { community_id: session?.community_id ?? community_id ?? "" };
      return { session, community: await api.get("/v1/communities/{community_id}", { path, signal }) };
    },
    [community_id, session_id],
  );
  return (
    <Loaded load={load} page>
      {({ session, community }) => {
        const may = session ? session.can.includes("edit") : community.can.includes("schedule");
        if (!may)
          return session ? (
            <NotOpen to={paths.session(session.id)} back={t.back} />
          ) : (
            <NotOpen to={paths.community(community.id)} back={t.backToCommunity} />
          );
        return (
          <div class="wide">
            <Crumbs
              way={[
                { to: paths.community(community.id), name: community.name },
                ...(session ? [{ to: paths.session(session.id), name: session.title }] : []),
              ]}
            />
            <Title>{session ? t.editTitle(session.title) : t.newTitle}</Title>
            <p class="lead">{t.lead}</p>
            {session ? <Change first={session} /> : <Plan community={community} />}
          </div>
        );
      }}
    </Loaded>
  );
}

/** An end that lies before its start is caught here, before anything is sent. */
function useOrder(): [readonly Fault[], (planned: { starts_at: string; ends_at: string }) => boolean] {
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const inOrder = ({ starts_at, ends_at }: { starts_at: string; ends_at: string }): boolean => {
    const fits = starts_at < ends_at;
    setFaults(fits ? [] : [{ at: "to", detail: t.order }]);
    return fits;
  };
  return [faults, inOrder];
}

/** Two weeks from now, at midday: a start that is easy to change. */
function suggested(zone: string): Shown {
  const date = dayOf(new Date(Date.now() + 14 * 86_400_000), zone);
  return { date, from: "12:30", to: "13:30" };
}

function Plan({ community }: { community: Community }) {
  const { route } = useLocation();
  const zone = community.timezone;
  const [faults, inOrder] = useOrder();
  // Known once a day in the past was chosen: then the form also asks whether it took place.
  const [past, setPast] = useState<readonly Fault[]>();
  const { form, busy } = useSending(async (fields) => {
    const planned = sessionIn(fields, zone);
    if (!inOrder(planned)) return;
    const over = Date.parse(planned.ends_at) <= Date.now();
    const held = over && fields.has("held");
    if (over || past) setPast(over && !held ? [{ at: "date", detail: t.past }] : []);
    if (over && !held) return;
    const mine = me.value ? [me.value.id] : [];
    const made = await api.post("/v1/communities/{community_id}/sessions", {
      path: { community_id: community.id },
      body: {
        ...planned,
        status: held ? "held" : fields.has("certain") ? "confirmed" : "tentative",
        facilitator_ids: mine,
      },
    });
    route(paths.session(made.id));
  });
  return (
    <Form {...form} faults={[...form.faults, ...faults, ...(past ?? [])]}>
      <SessionFields shown={suggested(zone)} mode={community.mode} zone={zoneName(zone)} isNew />
      {past && <Choice name="held" label={t.held} />}
      <button class="button" aria-disabled={busy}>
        {t.save}
      </button>
    </Form>
  );
}

function Change({ first }: { first: Session }) {
  const { route } = useLocation();
  const [session, setSession] = useState(first);
  const [faults, inOrder] = useOrder();
  const path = { session_id: session.id };

  async function catchUp(): Promise<void> {
    try {
      setSession(await api.get("/v1/sessions/{session_id}", { path }));
    } catch (error) {
      asRefusal(error);
    }
  }
  const { form, busy } = useSending(
    async (fields) => {
      const planned = sessionIn(fields, session.timezone);
      if (!inOrder(planned)) return;
      const body = changedFrom(plannedOf(session), planned);
      if (Object.keys(body).length)
        await api.patch("/v1/sessions/{session_id}", { path, body, match: session.version });
      route(paths.session(session.id));
    },
    () => void catchUp(),
  );
  return (
    <Form {...form} faults={[...form.faults, ...faults]}>
      <SessionFields
        shown={{ ...wallOf(session), ...session }}
        mode={session.mode}
        zone={zoneName(session.timezone)}
      />
      <div class="actions">
        <button class="button" aria-disabled={busy}>
          {t.saveChange}
        </button>
        <a href={paths.session(session.id)}>{t.back}</a>
      </div>
    </Form>
  );
}
