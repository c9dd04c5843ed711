import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { Trouble, useDoing, useSending } from "../../../api/problems";
import { recognise } from "../../../me";
import { paths } from "../../../paths";
import { propose } from "../../../text/en/proposals/propose";
import { TextArea } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import { Saved } from "../../../ui/Saved";
import type { Acting } from "./Candidate";
import Different from "./Different";

const t = propose.alike;

type Outcome = Schemas["OutcomeCreate"]["outcome"];

/** What a proposer may do instead of proposing a second one of what exists already. */
export default function Outcomes({ one, draft, ...beside }: Acting) {
  const { route } = useLocation();
  const [done, setDone] = useState<string>();
  const { busy, trouble, run } = useDoing();
  const path = { proposal_id: draft.id };
  const target = { kind: one.kind, id: one.id };

  const choose = async (outcome: Outcome, message?: string) => {
    // What was written a moment ago belongs to what is decided now.
    await beside.flush();
    return api.post("/v1/proposals/{proposal_id}/outcomes", {
      path,
      body: { outcome, target, ...(message && { message }) },
    });
  };
  const leaveFor = (outcome: Outcome, to: string) =>
    run(async () => {
      await choose(outcome);
      void recognise();
      route(to);
    });
  const stay = (outcome: Outcome, words: string) =>
    run(async () => {
      beside.onDraft(await choose(outcome));
      setDone(words);
    });
  const ask = useSending(async (fields) => {
    beside.onDraft(await choose("contact", String(fields.get("message")).trim()));
    setDone(t.introduced(one.name));
  });
  const press = (words: string, act: () => Promise<boolean>) => (
    <button class="button quiet" type="button" aria-disabled={busy} onClick={() => void act()}>
      {words}
    </button>
  );
  return (
    <>
      <Trouble words={trouble} />
      <Saved words={done} />
      {one.kind === "proposal" ? (
        <>
          {press(t.merge, () => leaveFor("merge", paths.proposal(one.id)))}
          <p class="hint">{t.mergeText}</p>
        </>
      ) : (
        <>
          {press(t.join, () => leaveFor("join", paths.community(one.id)))}
          <p class="hint">{t.joinText}</p>
          <Form {...ask.form}>
            <TextArea name="message" label={t.askMessage} hint={t.askHint} rows={2} maxLength={1000} />
            <button class="button quiet" aria-disabled={ask.busy}>
              {t.ask}
            </button>
          </Form>
          <div class="actions then">
            {press(t.workingGroup, () => stay("working_group", t.moved(one.name)))}
            {press(t.subNetwork, () => stay("sub_network", t.moved(one.name)))}
          </div>
          <p class="hint">{t.partText}</p>
        </>
      )}
      <Different one={one} draft={draft} {...beside} />
    </>
  );
}
