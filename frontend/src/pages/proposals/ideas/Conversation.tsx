import { useLocation } from "preact-iso";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Schemas } from "../../../api/client";
import { later } from "../../../api/later";
import { Trouble } from "../../../api/problems";
import { me } from "../../../me";
import { paths } from "../../../paths";
import { propose as t } from "../../../text/en/proposals/propose";
import { Form } from "../../../ui/form";
import { useAlike } from "../../similarity/useAlike";
import { wordsIn } from "../../communities/draft";
import Stones from "../Stones";
import { Fields } from "./Fields";
import { after, before, numberOf, questions, type Question } from "./questions";
import { useDraft, type Change, type Draft, type Keeping } from "./useDraft";


const AlikeBeside = later(() => import("./AlikeBeside"));
const Review = later(() => import("./Review"));

export type Named = Schemas["Named"];
export type Around = { nodes: Schemas["TreeNode"][]; story: Schemas["ProposalStory"] | undefined };

type Props = {
  first: Draft | undefined;
  around: Around;
  question: Question;
  onMade: (draft: Draft) => void;
  before?: ComponentChildren;
};

/** What a draft says now: as it was saved, with what has been written since. */
function said(draft: Draft | undefined, written: Change): Draft {
  const empty = {
    name: "",
    purpose: "",
    domain: "",
    topics: [],
    audience: "",
    region: "",
    why_now: "",
    co_supporters: [],
  };
  return { ...(draft ?? empty), ...written } as Draft;
}

/** One question after the other, with what is alike beside it and the way ahead beneath. */
export function Conversation({ first, around, question, onMade, before: earlier }: Props) {
  const { route } = useLocation();
  const network = me.value?.networks[0];
  const keeping = useDraft(first, onMade);
  const { draft, written, write, flush } = keeping;
  const now = said(draft, written);
  const [names, setNames] = useState<ReadonlyMap<string, Named>>(() => namesIn(around.story));
  const [differences, setDifferences] = useState(around.story?.differences ?? []);
  const alike = useAlike(now, draft?.id);
  // Without a name there is nothing that could be kept, so the conversation begins there.
  const asked = draft ? question : "name";

  const learn = (person: Named) => setNames((known) => new Map(known).set(person.id, person));
  const hear = (event: Event) => {
    const change = changeOf(event.target as HTMLInputElement);
    // Whoever belongs to several networks begins in the first, and may choose another.
    if (change && !draft && network) write({ parent_id: network.id, ...change });
    else if (change) write(change);
  };
  const goOn = async () => {
    if (!(await flush())) return;
    const { pathname } = location;
    const id = draft?.id ?? pathname.split("/")[2];
    if (id) route(paths.proposeQuestion(id, after(asked)));
  };
  const back = before(asked);
  const number = numberOf(asked);
  const beside = {
    draft,
    differences,
    onDifferences: setDifferences,
    onDraft: keeping.adopt,
    flush,
  };
  return (
    <div class="wide stack">
      {earlier && !draft && earlier}
      {asked === "review" && draft ? (
        <Review
          keeping={keeping}
          now={now}
          names={names}
          parent={around.nodes.find(({ id }) => id === now.parent_id)?.name ?? draft.parent_name}
          beside={{ ...beside, draft }}
          head={<Head back={back} id={draft.id} number={number} />}
        />
      ) : (
        <div class="columns">
          <div onInput={hear}>
            <Form key={asked} onSubmit={() => void goOn()} >
              <Head back={back} id={draft?.id} number={number} />
              <Fields
                question={asked}
                now={now}
                nodes={around.nodes}
                names={names}
                onWrite={write}
                onLearn={learn}
              />
              <Trouble words={keeping.trouble} />
              <div class="actions">
                <button class="button">{t.next}</button>
                <Standing keeping={keeping} />
              </div>
            </Form>
          </div>
          <AlikeBeside alike={alike} {...beside} />
        </div>
      )}
      <Stones steps={[]} leads />
    </div>
  );
}

const Head = ({ back, id, number }: { back: Question | undefined; id: string | undefined; number: number }) => (
  <>
    <p>
      <a href={back && id ? paths.proposeQuestion(id, back) : paths.proposals()}>{t.back}</a>
    </p>
    <p class="kicker">{t.kicker(number, questions.length)}</p>
  </>
);

/** Whether everything is kept. It is told without being announced at every pause. */
export function Standing({ keeping: { draft, state } }: { keeping: Keeping }) {
  const [words, setWords] = useState<string>(draft ? t.saved : t.unsaved);
  useEffect(() => {
    if (state === "saved") setWords(t.saved);
    if (state === "saving") setWords(t.saving);
    if (state === "unsaved") setWords(t.notSaved);
  }, [state]);
  return <p class="soft">{words}</p>;
}

/** What somebody has just written, as a change of the draft. */
function changeOf({ name, value }: HTMLInputElement): Change | undefined {
  if (name === "topics") return { topics: wordsIn(value) };
  const texts = ["name", "purpose", "domain", "audience", "region", "why_now", "parent_id"];
  return texts.includes(name) ? { [name]: value } : undefined;
}

function namesIn(story: Around["story"]): Map<string, Named> {
  const people = story ? [story.proposer, story.proposed_lead, ...story.co_supporters] : [];
  return new Map(people.flatMap((person) => (person ? [[person.id, person] as const] : [])));
}
