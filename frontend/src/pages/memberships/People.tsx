import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { useList } from "../../api/list";
import { useLoad } from "../../api/load";
import { Loaded, Trouble } from "../../api/problems";
import { paths } from "../../paths";
import { community as words } from "../../text/en/communities";
import { people as t } from "../../text/en/memberships";
import { shell } from "../../text/en/shell";
import { Crumbs } from "../../ui/Crumbs";
import { More } from "../../ui/More";
import { Saved } from "../../ui/Saved";
import { Title } from "../../ui/Title";
import { Invite } from "./Invite";
import { MemberRow } from "./MemberRow";
import { RequestRow } from "./RequestRow";

type Community = Schemas["CommunityRead"];
type Membership = Schemas["MembershipRead"];
type State = Membership["state"];

export default function People() {
  const { community_id } = useRoute().params as { community_id: string };
  const load = useLoad(
    (signal) => api.get("/v1/communities/{community_id}", { path: { community_id }, signal }),
    [community_id],
  );
  return (
    <Loaded load={load} page>
      {(community) => <Page key={community.id} community={community} />}
    </Loaded>
  );
}

function Page({ community }: { community: Community }) {
  const [done, setDone] = useState<string>();
  // Every list is read again when something was done, because people move between them.
  const [round, setRound] = useState(0);
  const runs = community.can.includes("invite");
  const after = (words: string) => {
    setDone(words);
    setRound((count) => count + 1);
  };
  const lists = { community_id: community.id, round, onDone: after };
  return (
    <div class="wide stack">
      <div>
        <Crumbs
          way={[
            { to: paths.communities(), name: shell.communities },
            { to: paths.community(community.id), name: community.name },
          ]}
        />
        <Title tab={t.tab(community.name)}>{t.title(community.name)}</Title>
        <Saved words={done} />
      </div>
      {runs && (
        <Group
          {...lists}
          id="waiting"
          title={t.waiting}
          empty={t.nobodyWaits}
          states={["requested", "waitlisted"]}
          row={RequestRow}
        />
      )}
      {runs && <Invite community={community} onDone={after} />}
      {runs && (
        <Group
          {...lists}
          id="invited"
          title={t.invited}
          empty={t.nobodyInvited}
          states={["invited"]}
          row={RequestRow}
        />
      )}
      {community.can.includes("see_people") ? (
        <Group
          {...lists}
          id="belong"
          title={t.belong}
          empty={t.nobodyFound}
          states={["active", "paused"]}
          row={MemberRow}
          search
        />
      ) : (
        <p>{words.namesLater}</p>
      )}
    </div>
  );
}

export type RowProps = { membership: Membership; onDone: (words: string) => void };

type GroupProps = {
  community_id: string;
  round: number;
  onDone: (words: string) => void;
  id: string;
  title: string;
  empty: string;
  states: State[];
  /** Whether the list may be long enough to be searched. */
  search?: boolean;
  row: (props: RowProps) => preact.JSX.Element;
};

function Group({ community_id, round, onDone, id, title, empty, states, search, row: Row }: GroupProps) {
  const [q, setQ] = useState("");
  const list = useList<Membership>(
    (cursor, signal) =>
      api.get("/v1/communities/{community_id}/memberships", {
        path: { community_id },
        query: { ...cursor, state: states, sort: "name", limit: 50, ...(q && { q }) },
        ...(signal && { signal }),
      }),
    [community_id, round, q],
  );
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {search && <NameSearch onSearch={setQ} />}
      <Loaded load={list}>
        {(memberships) =>
          memberships.length ? (
            <ul class="people acts">
              {memberships.map((membership) => (
                <Row key={membership.id} membership={membership} onDone={onDone} />
              ))}
            </ul>
          ) : (
            <p class="soft">{empty}</p>
          )
        }
      </Loaded>
      <Trouble words={list.trouble} />
      <More more={list.more} busy={list.growing} onMore={list.grow}>
        {shell.more}
      </More>
    </section>
  );
}

function NameSearch({ onSearch }: { onSearch: (q: string) => void }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSearch(String(new FormData(event.currentTarget as HTMLFormElement).get("q")).trim());
  };
  return (
    <form class="fields-row" role="search" onSubmit={submit}>
      <div class="field">
        <label for="q">{t.search}</label>
        <input id="q" name="q" type="search" autocomplete="off" maxLength={120} />
      </div>
      <button class="button quiet">{t.find}</button>
    </form>
  );
}
