import { useRoute } from "preact-iso";
import { api, type Schemas } from "../../api/client";
import { later } from "../../api/later";
import { useLoad } from "../../api/load";
import { Loaded } from "../../api/problems";
import { paths } from "../../paths";
import { session as t } from "../../text/en/sessions";
import { accesses, functions, label, sessionKinds } from "../../text/en/values";
import { capital, list } from "../../text/format";
import { Crumbs } from "../../ui/Crumbs";
import { Prose } from "../../ui/Prose";
import { Title } from "../../ui/Title";
import { Agenda } from "./Agenda";
import { Answer } from "./Answer";
import { CheckIn } from "./CheckIn";
import { Materials } from "./Materials";
import { Running } from "./Running";
import { WhenPanel } from "./WhenPanel";

type SessionRead = Schemas["SessionRead"];

// Only few people run a session; everybody else need not fetch its register.
const RegisterBand = later(() => import("./RegisterBand"));

export default function Session() {
  const { session_id } = useRoute().params as { session_id: string };
  const load = useLoad(
    async (signal) => {
      const session = await api.get("/v1/sessions/{session_id}", { path: { session_id }, signal });
      const path = { community_id: session.community_id };
      const community = await api.get("/v1/communities/{community_id}", { path, signal });
      return { session, community };
    },
    [session_id],
  );
  return (
    <Loaded load={load} page>
      {({ session, community }) => (
        <Page key={session.id} session={session} community={community} again={load.again} />
      )}
    </Loaded>
  );
}

type Props = { session: SessionRead; community: Schemas["CommunityRead"]; again: () => void };

function Page({ session, community, again }: Props) {
  const can = new Set(session.can);
  return (
    <>
      <div class="wide stack">
        <div>
          <Crumbs
            way={[
              { to: paths.communities(), name: t.communities },
              { to: paths.community(community.id), name: community.name },
            ]}
          />
          <Title>{session.title}</Title>
          <p class="lead">
            {label(sessionKinds, session.kind)}. {label(accesses, session.access)}.
          </p>
          {can.has("run") && <Running session={session} onChange={again} />}
        </div>
        <WhenPanel session={session} />
        <div class="columns">
          <div class="stack">
            {session.description && (
              <section aria-labelledby="about-title">
                <h2 id="about-title">{t.about}</h2>
                <Prose text={session.description} />
              </section>
            )}
            <Agenda session={session} />
            <Materials session={session} />
          </div>
          <div class="stack">
            <Answer session={session} onChange={again} />
            <CheckIn session={session} onChange={again} />
            <GoodToKnow session={session} />
          </div>
        </div>
      </div>
      {can.has("run") && <RegisterBand session={session} />}
    </>
  );
}

function GoodToKnow({ session }: { session: SessionRead }) {
  const facts = [
    { term: t.terms.access, text: label(accesses, session.access) },
    { term: t.terms.led, text: list(session.facilitators.map(({ name }) => name)) },
    { term: t.terms.speakers, text: list(session.speakers.map(({ name }) => name)) },
    {
      term: t.terms.functions,
      text: capital(list(session.function_tags.map((tag) => label(functions, tag)))),
    },
  ].filter(({ text }) => text);
  return (
    <section aria-labelledby="know-title">
      <h2 id="know-title">{t.know}</h2>
      <dl class="summary">
        {facts.map(({ term, text }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
