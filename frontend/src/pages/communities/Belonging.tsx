// A person's own way into a community, through it and out of it.

import { useEffect, useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { later } from "../../api/later";
import { Trouble, useDoing } from "../../api/problems";
import { recognise } from "../../me";
import { longDay } from "../../text/dates";
import { community as t } from "../../text/en/communities";
import { shell } from "../../text/en/shell";
import { Notice } from "../../ui/Notice";

const JoinDialog = later(() => import("./JoinDialog"));
const LeaveDialog = later(() => import("./LeaveDialog"));

type Community = Schemas["CommunityRead"];
type Membership = Schemas["MembershipRead"];
type State = Membership["state"];

type Props = {
  community: Community;
  mine: Membership | undefined;
  rules: readonly string[];
  onChange: () => void;
};

/** What was just done, and how to take it back where that is possible. */
type Done = { words: string; undo?: () => Promise<void> };

export function Belonging({ community, mine: read, rules, onChange }: Props) {
  // What the last change answered is newer than the page until that has been read again.
  const [mine, setMine] = useState(read);
  useEffect(
    () => setMine((known) => (known && read?.id === known.id && known.version > read.version ? known : read)),
    [read],
  );
  const [joining, setJoining] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [done, setDone] = useState<Done>();
  const { busy, trouble, run } = useDoing(onChange);
  const can = new Set([...(mine?.can ?? []), ...community.can]);
  const path = { community_id: community.id };

  /** Do something, say that it is done, and show the page as it is now. */
  const act = (work: () => Promise<Done>) =>
    run(async () => {
      setDone(undefined);
      setDone(await work());
      // Both only bring the page up to date, so nobody has to wait for them.
      void recognise();
      onChange();
    });
  const change = async (membership: Membership, body: Schemas["MembershipUpdate"]): Promise<Membership> => {
    const changed = await api.patch("/v1/memberships/{membership_id}", {
      path: { membership_id: membership.id },
      body,
      match: membership.version,
    });
    setMine(changed);
    return changed;
  };
  const move = (membership: Membership, state: State) => change(membership, { state });

  const enter = () =>
    act(async () => {
      setJoining(false);
      const ground_rules_version = community.ground_rules_version;
      const made =
        mine && can.has("accept")
          ? await change(mine, { state: "active", ground_rules_version })
          : await api.post("/v1/communities/{community_id}/memberships", {
              path,
              body: { ground_rules_version },
            });
      setMine(made);
      if (made.state === "waitlisted") return { words: t.done.waitlisted };
      return { words: made.state === "requested" ? t.done.requested : t.done.joined };
    });

  const leave = (membership: Membership) =>
    act(async () => {
      setLeaving(false);
      const waited = membership.state === "requested" || membership.state === "waitlisted";
      await move(membership, "ended");
      const words = waited ? t.done.withdrawn : t.done.left;
      if (community.join_policy !== "open") return { words };
      return { words, undo: async () => void (await enter()) };
    });
  const pause = (membership: Membership) =>
    act(async () => {
      const paused = await move(membership, "paused");
      return {
        words: t.done.paused,
        undo: async () =>
          void (await act(async () => (await move(paused, "active"), { words: t.done.resumed }))),
      };
    });
  const resume = (membership: Membership) =>
    act(async () => (await move(membership, "active"), { words: t.done.resumed }));
  const refuse = (membership: Membership) =>
    act(async () => (await move(membership, "declined"), { words: t.done.declined }));

  const acceptRules = (membership: Membership) =>
    act(async () => {
      await change(membership, { ground_rules_version: community.ground_rules_version });
      return { words: t.newRules.done };
    });

  const invited = mine?.state === "invited";
  const asks = community.join_policy === "on_request" && !invited;
  const waits = mine?.state === "requested" || mine?.state === "waitlisted";
  // Leaving a community one cannot simply join again is said before it is done.
  const askBefore = !waits && community.join_policy !== "open";
  return (
    <>
      {done && (
        <Notice focus title={done.words}>
          {done.undo && (
            <button class="plain" type="button" onClick={() => void done.undo?.()}>
              {shell.undo}
            </button>
          )}
        </Notice>
      )}
      <Trouble words={trouble} />
      {mine?.state === "active" && mine.can.includes("accept_rules") && (
        <Notice kind="warm" title={t.newRules.title}>
          <p>{t.newRules.text}</p>
          <div class="actions">
            <a href="#rules">{t.newRules.read}</a>
            <button
              class="button quiet"
              type="button"
              aria-disabled={busy}
              onClick={() => void acceptRules(mine)}
            >
              {t.newRules.accept}
            </button>
          </div>
        </Notice>
      )}
      <div class="actions">
        {(can.has("join") || can.has("ask_to_join") || can.has("accept")) && (
          <button class="button" type="button" aria-disabled={busy} onClick={() => setJoining(true)}>
            {invited ? t.accept : asks ? t.ask : t.join}
          </button>
        )}
        {mine && can.has("refuse") && (
          <Quiet words={t.decline} busy={busy} onPress={() => void refuse(mine)} />
        )}
        {mine && can.has("resume") && (
          <Quiet words={t.resume} busy={busy} onPress={() => void resume(mine)} />
        )}
        <p class="soft">{standing(community, mine)}</p>
        {mine && can.has("pause") && mine.state === "active" && (
          <Plain words={t.pause} busy={busy} onPress={() => void pause(mine)} />
        )}
        {mine && mine.can.includes("leave") && (
          <Plain
            words={waits ? t.withdraw : t.leave}
            busy={busy}
            onPress={() => (askBefore ? setLeaving(true) : void leave(mine))}
          />
        )}
      </div>
      {joining && (
        <JoinDialog rules={rules} asks={asks} onJoin={() => void enter()} onClose={() => setJoining(false)} />
      )}
      {mine && leaving && (
        <LeaveDialog
          invited={community.join_policy === "by_invitation"}
          onLeave={() => void leave(mine)}
          onClose={() => setLeaving(false)}
        />
      )}
    </>
  );
}

type Press = { words: string; busy: boolean; onPress: () => void };

const Quiet = ({ words, busy, onPress }: Press) => (
  <button class="button quiet" type="button" aria-disabled={busy} onClick={onPress}>
    {words}
  </button>
);

const Plain = ({ words, busy, onPress }: Press) => (
  <button class="plain" type="button" aria-disabled={busy} onClick={onPress}>
    {words}
  </button>
);

/** One sentence on how the reader stands to this community. */
function standing(community: Community, mine: Membership | undefined): string {
  if (community.status === "archived") return t.archived;
  if (mine?.state === "invited")
    return mine.expires_at ? t.invitedBefore(longDay(mine.expires_at, community.timezone)) : "";
  if (mine?.state === "requested") return t.waiting;
  if (mine?.state === "waitlisted") return mine.position ? t.waitlistedAt(mine.position) : t.waitlisted;
  if (mine?.state === "paused") return t.paused;
  if (mine?.state === "active") return mine.role === "lead" ? t.leading : t.belong;
  return community.status === "forming" ? t.forming : t.policies[community.join_policy];
}
