import type { Schemas } from "../../../api/client";
import { later } from "../../../api/later";
import { propose as t } from "../../../text/en/proposals/propose";
import { Select, TextArea, TextField } from "../../../ui/fields";
import { useField } from "../../../ui/form";
import { Title } from "../../../ui/Title";
import type { Named } from "./Conversation";
import { umbrellasIn, type Question } from "./questions";
import { tabOf } from "./tab";
import type { Change, Draft } from "./useDraft";

const People = later(() => import("./PeopleFields"));

type Props = {
  question: Question;
  now: Draft;
  nodes: readonly Schemas["TreeNode"][];
  names: ReadonlyMap<string, Named>;
  onWrite: (change: Change) => void;
  onLearn: (person: Named) => void;
};

const words = t.questions;
/** The boxes of one question. */
export function Fields({ question, now, nodes, ...rest }: Props) {
  switch (question) {
    case "name":
      return <One question="name" value={now.name} max={120} />;
    case "place":
      return <Place now={now} nodes={nodes} />;
    case "purpose":
    case "domain":
    case "why_now":
      return <One question={question} value={now[question]} max={2000} rows={7} />;
    case "audience":
      return <Audience now={now} />;
    default:
      return <People now={now} {...rest} />;
  }
}

type OneProps = {
  question: "name" | "purpose" | "domain" | "why_now";
  value: string;
  max: number;
  rows?: number;
};

// Before this many are left nobody has to think of a limit.
const FEW = 400;

/** A question that is one box: the title of the page is its label. */
function One({ question, value, max, rows }: OneProps) {
  const { id, fault } = useField(question);
  const left = max - value.length;
  const shared = {
    id,
    name: question,
    defaultValue: value,
    maxLength: max,
    "aria-describedby": [`${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(" "),
    "aria-invalid": fault ? true : undefined,
  };
  return (
    <>
      <Title tab={tabOf(question)}>
        <label for={id}>{words[question].title}</label>
      </Title>
      <div class={fault ? "field wrong" : "field"}>
        <p class="hint" id={`${id}-hint`}>
          {words[question].hint}
        </p>
        {fault && (
          <p class="error" id={`${id}-fault`}>
            {fault}
          </p>
        )}
        {rows ? (
          <textarea {...shared} rows={rows} />
        ) : (
          <input {...shared} required minLength={2} autocomplete="off" />
        )}
        {left <= FEW && rows && (
          <p class="soft">
            <small>{t.left(left)}</small>
          </p>
        )}
      </div>
    </>
  );
}

function Place({ now, nodes }: { now: Draft; nodes: Props["nodes"] }) {
  const umbrellas = umbrellasIn(nodes, now.parent_id);
  return (
    <>
      <Title tab={tabOf("place")}>{words.place.title}</Title>
      {umbrellas.length > 1 ? (
        <Select
          name="parent_id"
          label={words.place.under}
          hint={words.place.underHint}
          chosen={now.parent_id}
          options={umbrellas.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : (
        <p>{words.place.only(now.parent_name)}</p>
      )}
      <TextField
        name="topics"
        label={words.place.topics}
        hint={words.place.topicsHint}
        defaultValue={now.topics.join(", ")}
        maxLength={1300}
        autocomplete="off"
      />
    </>
  );
}

const Audience = ({ now }: { now: Draft }) => (
  <>
    <Title tab={tabOf("audience")}>{words.audience.title}</Title>
    <TextArea
      name="audience"
      label={words.audience.audience}
      hint={words.audience.audienceHint}
      defaultValue={now.audience}
      maxLength={2000}
      rows={3}
    />
    <TextField
      name="region"
      label={words.audience.region}
      hint={words.audience.regionHint}
      defaultValue={now.region}
      maxLength={200}
      autocomplete="off"
    />
  </>
);
