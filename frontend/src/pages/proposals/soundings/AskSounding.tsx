import { useRef, useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { useSending } from "../../../api/problems";
import { soundings as t } from "../../../text/en/proposals/soundings";
import { opinions } from "../../../text/en/proposals/values";
import { Choices, TextArea, TextField } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import { Notice } from "../../../ui/Notice";
import { Saved } from "../../../ui/Saved";
import { written } from "../moves/useStep";

type Opinion = NonNullable<Schemas["SoundingRead"]["opinion"]>;

const named = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

/** By a link, by e-mail, or written down after a talk. */
export function AskSounding({ proposal_id, onDone }: { proposal_id: string; onDone: () => void }) {
  const [way, setWay] = useState("link");
  const [round, setRound] = useState(0);
  const [link, setLink] = useState<string>();
  const [done, setDone] = useState<string>();
  const { form, busy } = useSending(async (fields) => {
    const name = written(fields, "name");
    const email = written(fields, "email");
    const made = await api.post("/v1/proposals/{proposal_id}/soundings", {
      path: { proposal_id },
      body: {
        name,
        ...(way === "mail" && { email }),
        ...(way === "talk" && {
          answer: {
            opinion: written(fields, "answer/opinion") as Opinion,
            role: written(fields, "answer/role"),
            organisation: written(fields, "answer/organisation"),
            comment: written(fields, "answer/comment"),
          },
        }),
      },
    });
    setLink(way === "link" && made.link ? made.link : undefined);
    setDone(way === "mail" ? t.sent(name || email) : way === "talk" ? t.writtenDown : undefined);
    setRound((count) => count + 1);
    onDone();
  });
  return (
    <>
      {link && <Shown key={link} link={link} />}
      <Saved words={done} focus />
      <details>
        <summary>{t.ask}</summary>
        <div
          onInput={(event) => {
            const { name, value } = event.target as HTMLInputElement;
            if (name === "way") setWay(value);
          }}
        >
          <Form {...form} key={round}>
            <Choices name="way" type="radio" label={t.how} options={named(t.ways)} chosen={[way]} />
            <TextField
              name="name"
              label={t.name}
              hint={t.nameHint}
              required={way !== "mail"}
              maxLength={120}
              autocomplete="off"
            />
            {way === "mail" && (
              <TextField name="email" type="email" label={t.email} required maxLength={254} autocomplete="off" />
            )}
            {way === "talk" && (
              <>
                <Choices
                  name="answer/opinion"
                  type="radio"
                  label={t.opinion}
                  options={named(opinions)}
                  chosen={["yes"]}
                />
                <TextArea
                  name="answer/comment"
                  label={t.comment}
                  hint={t.commentHint}
                  maxLength={2000}
                  rows={3}
                />
                <TextField name="answer/role" label={t.role} maxLength={120} />
                <TextField name="answer/organisation" label={t.organisation} maxLength={120} />
              </>
            )}
            <button class="button quiet" aria-disabled={busy}>
              {way === "link" ? t.makeLink : way === "mail" ? t.send : t.write}
            </button>
          </Form>
        </div>
      </details>
    </>
  );
}

/** The link itself, this once. */
function Shown({ link }: { link: string }) {
  const [copied, setCopied] = useState<string>();
  const box = useRef<HTMLInputElement>(null);
  async function copy(): Promise<void> {
    box.current?.select();
    await navigator.clipboard.writeText(link).then(
      () => setCopied(t.copied),
      () => undefined,
    );
  }
  return (
    <Notice kind="warm" title={t.once} focus>
      <p>{t.onceText}</p>
      <input ref={box} class="token" value={link} readOnly aria-label={t.once} />
      <div class="actions">
        <button class="button quiet" type="button" onClick={() => void copy()}>
          {t.copy}
        </button>
        <Saved words={copied} />
      </div>
    </Notice>
  );
}
