import { useState } from "preact/hooks";
import { api, Refusal, type Schemas } from "../../../api/client";
import { useLoad } from "../../../api/load";
import { useSending } from "../../../api/problems";
import { me } from "../../../me";
import { paths } from "../../../paths";
import { deviceZone, longDay } from "../../../text/dates";
import { answerCall as t } from "../../../text/en/proposals/letters";
import { offered, offerOptions } from "../../../text/en/proposals/values";
import { label } from "../../../text/format";
import { Choices } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import { Notice } from "../../../ui/Notice";
import { Prose } from "../../../ui/Prose";
import { Title } from "../../../ui/Title";
import { useSecret } from "../../../ui/useSecret";
import { OpenedLink } from "../OpenedLink";

type Letter = Schemas["CallLetter"];

/** Answering a call from its mail, without signing in. Opening the page answers nothing. */
export default function AnswerCall() {
  const word = useSecret();
  const load = useLoad(
    async (signal) => {
      if (!word) throw new Refusal({ type: "nothing", title: "nothing", status: 404 });
      return api.post("/v1/call-links/read", { body: { word }, signal });
    },
    [word],
  );
  return (
    <OpenedLink secret={word} load={load}>
      {(letter) => <Answer key={word} first={letter} word={word} />}
    </OpenedLink>
  );
}

function Answer({ first, word }: { first: Letter; word: string }) {
  const [letter, setLetter] = useState(first);
  const [done, setDone] = useState(0);
  const { form, busy } = useSending(async (fields) => {
    const body = {
      word,
      interested: fields.get("answer") !== "no",
      role: String(fields.get("role") ?? "member") as NonNullable<Letter["my_role"]>,
      comment: "",
    };
    setLetter(await api.post("/v1/call-links/answer", { body }));
    setDone((count) => count + 1);
  });
  const { name, purpose, text, closes_at, open, person_name, my_answer, my_role } = letter;
  return (
    <div class="wide">
      <Title tab={t.tab}>{t.title(name)}</Title>
      <p class="lead">{purpose}</p>
      <p>{t.hello(person_name)}</p>
      <Prose text={text} />
      {my_answer && (
        <Notice key={done} title={done ? t.thanks : t.yours[my_answer]} focus={done > 0}>
          {done > 0 && <p>{t.yours[my_answer]}</p>}
          {my_role && <p>{label(offered, my_role)}</p>}
          {open && <p>{t.change}</p>}
        </Notice>
      )}
      {open ? (
        <Form {...form}>
          <Choices
            name="role"
            type="radio"
            label={t.as}
            options={offerOptions}
            chosen={[my_role ?? "member"]}
          />
          <p class="hint">{t.closes(longDay(closes_at, deviceZone()))}</p>
          <div class="actions">
            <button class="button" name="answer" value="yes" aria-disabled={busy}>
              {t.yes}
            </button>
            <button class="button quiet" name="answer" value="no" aria-disabled={busy}>
              {t.no}
            </button>
          </div>
        </Form>
      ) : (
        <p>{letter.state === "interest_call" && Date.parse(closes_at) > Date.now() ? t.notYet : t.closed}</p>
      )}
      {me.value && (
        <p class="then">
          <a href={paths.proposal(letter.proposal_id)}>{t.more}</a>
        </p>
      )}
    </div>
  );
}
