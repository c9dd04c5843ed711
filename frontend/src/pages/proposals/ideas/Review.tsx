import { useLocation } from "preact-iso";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api, Refusal } from "../../../api/client";
import { asRefusal } from "../../../api/load";
import { sentenceOf, useSending } from "../../../api/problems";
import { paths } from "../../../paths";
import { propose } from "../../../text/en/proposals/propose";
import { list } from "../../../text/format";
import { Choice } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import { Title } from "../../../ui/Title";
import { advised } from "../moves/useStep";
import { Candidate, type Beside, type Shown } from "./Candidate";
import type { Named } from "./Conversation";
import { questionBehind, type Question } from "./questions";
import { tabOf } from "./tab";
import { type Draft, type Keeping } from "./useDraft";

const t = propose.questions.review;
const terms = propose.terms;

type Props = {
  keeping: Keeping;
  now: Draft;
  names: ReadonlyMap<string, Named>;
  parent: string;
  beside: Beside & { draft: Draft };
  head: ComponentChildren;
};

/** Everything once more, with what is like it; then it is handed in. */
export default function Review({ keeping, now, names, parent, beside, head }: Props) {
  const { route } = useLocation();
  const { draft } = beside;
  const [similar, setSimilar] = useState<readonly Shown[]>();
  const [unseen, setUnseen] = useState<string>();
  const path = { proposal_id: draft.id };

  async function look(): Promise<void> {
    await keeping.flush();
    const seen = await api.post("/v1/proposals/{proposal_id}/candidates", { path });
    setSimilar(seen.items);
    setUnseen(undefined);
    keeping.adopt({ ...draft, version: seen.version });
  }
  const lookAgain = () =>
    void look().catch((error: unknown) => setUnseen(sentenceOf(asRefusal(error))));
  useEffect(lookAgain, []);

  const { form, busy } = useSending(async (fields) => {
    keeping.write({ not_a_support_group: fields.has("not_a_support_group") });
    if (!(await keeping.flush())) throw new Refusal({ type: "unsaved", title: propose.notSaved, status: 409 });
    const expected_version = keeping.version();
    await api
      .post("/v1/proposals/{proposal_id}/transitions", { path, body: { to: "submitted", expected_version } })
      .catch((error: unknown) => {
        // What appeared meanwhile is shown, so that it can be handed in after one more look.
        lookAgain();
        throw advised(error);
      });
    route(paths.proposal(draft.id));
  });
  const lacking = new Map(form.faults.map(({ at, detail }) => [questionBehind[at] ?? at, detail]));
  const nameOf = (id: string | null): string => (id ? (names.get(id)?.name ?? draft.proposer_name) : "");
  const rows: { question: Question; term: string; text: string }[] = [
    { question: "name", term: terms.name, text: now.name },
    { question: "place", term: terms.place, text: parent },
    { question: "place", term: terms.topics, text: list(now.topics) },
    { question: "purpose", term: terms.purpose, text: now.purpose },
    { question: "domain", term: terms.domain, text: now.domain },
    { question: "audience", term: terms.audience, text: now.audience },
    { question: "audience", term: terms.region, text: now.region },
    { question: "why_now", term: terms.why_now, text: now.why_now },
    { question: "people", term: terms.lead, text: nameOf(now.proposed_lead_id) },
    { question: "people", term: terms.supporters, text: list(now.co_supporters.map(nameOf)) },
  ];
  return (
    <div>
      {head}
      <Title tab={tabOf("review")}>{t.title}</Title>
      <p class="hint">{t.hint}</p>
      <div class="columns">
        <div>
          <dl class="summary">
            {rows.map(({ question, term, text }) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>
                  {lacking.get(question) && !text && <p class="error">{lacking.get(question)}</p>}
                  <p class="prose">{text || <span class="soft">{t.empty}</span>}</p>
                  <a href={paths.proposeQuestion(draft.id, question)} aria-label={t.changeOf(term)}>
                    {t.change}
                  </a>
                </dd>
              </div>
            ))}
          </dl>
          <Form {...form} class="then">
            <Choice name="not_a_support_group" label={t.box} checked={now.not_a_support_group} required />
            <button class="button" aria-disabled={busy}>
              {t.handIn}
            </button>
          </Form>
        </div>
        <section aria-labelledby="before-title">
          <h2 id="before-title">{t.similar}</h2>
          <p role="status">
            {unseen ?? (similar ? (similar.length ? t.someSimilar : t.noneSimilar) : t.looking)}
          </p>
          {unseen && (
            <button class="button quiet" type="button" onClick={lookAgain}>
              {t.lookAgain}
            </button>
          )}
          {similar && similar.length > 0 && (
            <ul class="list">
              {similar.map((one) => (
                <Candidate key={one.id} one={one} {...beside} />
              ))}
            </ul>
          )}
          <p class="soft">{propose.alike.hidden}</p>
        </section>
      </div>
    </div>
  );
}
