import { useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { useLoad } from "../../api/load";
import { Trouble, useDoing } from "../../api/problems";
import { me } from "../../me";
import { paths } from "../../paths";
import { fromNow } from "../../text/dates";
import { home as t } from "../../text/en/home";
import { Avatar } from "../../ui/people";
import { Saved } from "../../ui/Saved";

type Membership = Schemas["MembershipRead"];

// A person who leads very many communities is shown the first of them here, and the rest on their pages.
const MOST = 12;

/** People who asked to join where the reader leads. It is a courtesy of the home page, so a failure leaves it out. */
export function Waiting({ led }: { led: readonly Membership[] }) {
  const asked = led.slice(0, MOST).map(({ community_id }) => community_id);
  const load = useLoad(
    async (signal) => {
      const pages = asked.map((community_id) =>
        api.get("/v1/communities/{community_id}/memberships", {
          path: { community_id },
          query: { state: ["requested"], limit: 10 },
          signal,
        }),
      );
      return (await Promise.all(pages)).flatMap(({ items }) => items);
    },
    [asked.join()],
  );
  const [done, setDone] = useState<string>();
  const requests = load.state === "ready" ? load.value : [];
  if (!requests.length && !done) return null;
  return (
    <section class="band" aria-labelledby="waiting">
      <div class="wide">
        <p class="kicker">{t.leads}</p>
        <h2 id="waiting">{t.waiting(requests.length)}</h2>
        <Saved words={done} />
        <ul class="people acts">
          {requests.map((request) => (
            <Request
              key={request.id}
              request={request}
              onDone={(words) => {
                setDone(words);
                load.again();
              }}
            />
          ))}
        </ul>
        <p class="soft">{t.leadsOnly}</p>
      </div>
    </section>
  );
}

function Request({ request, onDone }: { request: Membership; onDone: (words: string) => void }) {
  const {
    id,
    person_name: name,
    organisation_name,
    community_id,
    community_name,
    created_at,
    version,
  } = request;
  const { busy, trouble, run } = useDoing();
  const accept = () =>
    run(async () => {
      await api.patch("/v1/memberships/{membership_id}", {
        path: { membership_id: id },
        body: { state: "active" },
        match: version,
      });
      onDone(t.welcomed(name));
    });
  return (
    <li>
      <Avatar name={name} />
      <h3>{name}</h3>
      <p class="needs">{t.asks(community_name, fromNow(created_at, me.value?.timezone ?? "UTC"))}</p>
      {organisation_name && <p class="soft">{organisation_name}</p>}
      <Trouble words={trouble} />
      <div class="actions">
        <button
          class="button quiet"
          type="button"
          aria-disabled={busy}
          aria-label={t.acceptOf(name)}
          onClick={() => void accept()}
        >
          {t.accept}
        </button>
        <a href={paths.people(community_id)}>{t.decline}</a>
      </div>
    </li>
  );
}
