import { useState } from "preact/hooks";
import { api, Refusal, type Schemas } from "../../../api/client";
import { useLoad } from "../../../api/load";
import { useSending } from "../../../api/problems";
import { deviceZone, longDay } from "../../../text/dates";
import { answerSounding as t } from "../../../text/en/proposals/letters";
import { Choices, TextArea, TextField } from "../../../ui/fields";
import { Form, type Fault } from "../../../ui/form";
import { Prose } from "../../../ui/Prose";
import { arrive, Title } from "../../../ui/Title";
import { useSecret } from "../../../ui/useSecret";
import { OpenedLink } from "../OpenedLink";

type Letter = Schemas["SoundingLetter"];
type Opinion = NonNullable<Schemas["SoundingRead"]["opinion"]>;

const opinions = Object.entries(t.answers).map(([value, label]) => ({ value, label }));

/** Saying what one thinks by a private link, without an account. Opening the page says nothing. */
export default function AnswerSounding() {
  const word = useSecret();
  const load = useLoad(
    async (signal) => {
      if (!word) throw new Refusal({ type: "nothing", title: "nothing", status: 404 });
      return api.post("/v1/sounding-links/read", { body: { word }, signal });
    },
    [word],
  );
  return (
    <OpenedLink secret={word} load={load}>
      {(letter) => <Answer key={word} letter={letter} word={word} />}
    </OpenedLink>
  );
}

function Answer({ letter, word }: { letter: Letter; word: string }) {
  const { name, purpose, audience, why_now, asked_by, expires_at } = letter;
  const [done, setDone] = useState(false);
  const [own, setOwn] = useState<readonly Fault[]>([]);
  const { form, busy } = useSending(async (fields) => {
    const text = (field: string): string => String(fields.get(field) ?? "").trim();
    const opinion = text("opinion");
    setOwn(opinion ? [] : [{ at: "opinion", detail: t.choose }]);
    if (!opinion) return;
    await api.post("/v1/sounding-links/answer", {
      body: {
        word,
        opinion: opinion as Opinion,
        role: text("role"),
        organisation: text("organisation"),
        comment: text("comment"),
      },
    });
    arrive();
    setDone(true);
  });
  if (done) {
    return (
      <div class="wide">
        <Title key="done">{t.thanks}</Title>
        <p class="lead">{t.thanksText(asked_by)}</p>
      </div>
    );
  }
  const facts = [
    { term: t.for, text: audience },
    { term: t.why, text: why_now },
  ].filter(({ text }) => text);
  return (
    <div class="wide">
      <Title tab={t.tab}>{t.title(name)}</Title>
      <p class="lead">{t.asks(asked_by)}</p>
      <Prose text={purpose} />
      {facts.length > 0 && (
        <dl class="summary">
          {facts.map(({ term, text }) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd class="prose">{text}</dd>
            </div>
          ))}
        </dl>
      )}
      <Form {...form} faults={[...form.faults, ...own]}>
        <Choices name="opinion" type="radio" label={t.opinion} options={opinions} />
        <TextArea name="comment" label={t.comment} hint={t.commentHint} maxLength={2000} rows={4} />
        <TextField name="role" label={t.role} hint={t.roleHint} maxLength={120} />
        <TextField name="organisation" label={t.organisation} maxLength={120} autocomplete="organization" />
        <p class="hint">{t.private(asked_by)}</p>
        <div class="actions">
          <button class="button" aria-disabled={busy}>
            {t.send}
          </button>
          {expires_at && <p class="soft">{t.until(longDay(expires_at, deviceZone()))}</p>}
        </div>
      </Form>
    </div>
  );
}
