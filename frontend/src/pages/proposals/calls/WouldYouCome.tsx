import { useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { useSending } from "../../../api/problems";
import { me } from "../../../me";
import { paths } from "../../../paths";
import { longDay } from "../../../text/dates";
import { call as t } from "../../../text/en/proposals/proposal";
import { offered, offerOptions } from "../../../text/en/proposals/values";
import { label } from "../../../text/format";
import { Choices, TextArea } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import { Prose } from "../../../ui/Prose";
import { Saved } from "../../../ui/Saved";
import { useTarget } from "../../../ui/useTarget";

type Call = Schemas["CallRead"];
type Offer = Schemas["ExpressionRead"]["role"];

/** Saying yes takes one press, saying no takes one too, and both can be taken back while the call is open. */
export default function WouldYouCome({ call, onChange }: { call: Call; onChange: () => void }) {
  useTarget("call");
  const zone = me.value?.timezone ?? "UTC";
  const [mine, setMine] = useState(call.my_answer);
  const [changing, setChanging] = useState(false);
  const [fresh, setFresh] = useState(false);
  const { form, busy } = useSending(async (fields) => {
    const said = await api.post("/v1/proposals/{proposal_id}/expressions", {
      path: { proposal_id: call.proposal_id },
      body: {
        interested: fields.get("answer") !== "no",
        role: String(fields.get("role") ?? "member") as Offer,
        comment: String(fields.get("comment") ?? "").trim(),
      },
    });
    setMine(said);
    setChanging(false);
    setFresh(true);
    onChange();
  });
  const open = Date.parse(call.opens_at) <= Date.now();
  return (
    <section aria-labelledby="call">
      <h2 id="call" tabIndex={-1}>
        {t.title}
      </h2>
      <Prose text={call.text} />
      <p class="soft">{open ? t.closes(longDay(call.closes_at, zone)) : t.opens(longDay(call.opens_at, zone))}</p>
      {open &&
        (mine && !changing ? (
          <>
            <Saved words={mine.interested ? t.saidYes : t.saidNo} focus={fresh} />
            {mine.interested && <p>{label(offered, mine.role)}</p>}
            <button class="button quiet then" type="button" onClick={() => setChanging(true)}>
              {t.change}
            </button>
          </>
        ) : (
          <Form {...form}>
            <Choices
              name="role"
              type="radio"
              label={t.as}
              options={offerOptions}
              chosen={[mine?.interested ? mine.role : "member"]}
            />
            <details open={Boolean(mine?.comment)}>
              <summary>{t.add}</summary>
              <TextArea
                name="comment"
                label={t.comment}
                hint={t.commentHint}
                defaultValue={mine?.comment ?? ""}
                maxLength={1000}
                rows={2}
              />
            </details>
            <p class="hint">{t.seen}</p>
            <div class="actions">
              <button class="button" name="answer" value="yes" aria-disabled={busy}>
                {t.yes}
              </button>
              <button class="button quiet" name="answer" value="no" aria-disabled={busy}>
                {t.no}
              </button>
              <a href={paths.communities()}>{t.known}</a>
            </div>
          </Form>
        ))}
    </section>
  );
}
