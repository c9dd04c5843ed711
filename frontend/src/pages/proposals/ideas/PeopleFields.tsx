import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { me } from "../../../me";
import { propose } from "../../../text/en/proposals/propose";
import { Title } from "../../../ui/Title";
import { Toggle } from "../../../ui/Toggle";
import { Chosen, FindColleague } from "./Colleagues";
import type { Named } from "./Conversation";
import { tabOf } from "./tab";
import type { Change, Draft } from "./useDraft";

const words = propose.questions.people;

type Props = {
  now: Draft;
  names: ReadonlyMap<string, Named>;
  onWrite: (change: Change) => void;
  onLearn: (person: Named) => void;
};

/** Who could lead it, and who supports it. Both are chosen, so both are saved at once. */
export default function PeopleFields({ now, names, onWrite, onLearn }: Props) {
  const mine = me.value;
  const lead = now.proposed_lead_id;
  const [colleague, setColleague] = useState(Boolean(lead && lead !== mine?.id));
  const supporters = now.co_supporters.map(
    (id) => names.get(id) ?? { id, name: id === mine?.id ? (mine?.name ?? "") : "…", organisation: null },
  );
  const choose = (value: string) => {
    setColleague(value === "colleague");
    onWrite({ proposed_lead_id: value === "me" && mine ? mine.id : null });
  };
  const named = (person: Named, change: Change) => {
    onLearn(person);
    onWrite(change);
  };
  const found = lead && names.get(lead);
  return (
    <>
      <Title tab={tabOf("people")}>{words.title}</Title>
      <Group id="lead" title={words.lead} hint={words.leadHint}>
        <Toggle
          name="who"
          legend={words.lead}
          options={[
            { value: "me", label: words.me },
            { value: "colleague", label: words.colleague },
          ]}
          chosen={colleague ? "colleague" : lead === mine?.id ? "me" : undefined}
          onChoose={choose}
        />
        {colleague && found && (
          <Chosen people={[found]} onRemove={() => onWrite({ proposed_lead_id: null })} />
        )}
        {colleague && !lead && (
          <FindColleague
            name="find-lead"
            without={[mine?.id ?? ""]}
            onChoose={(person) => named(person, { proposed_lead_id: person.id })}
          />
        )}
      </Group>
      <Group id="supporters" title={words.supporters} hint={words.supportersHint}>
        {supporters.length ? (
          <Chosen
            people={supporters}
            onRemove={(gone) => onWrite({ co_supporters: now.co_supporters.filter((id) => id !== gone) })}
          />
        ) : (
          <p class="soft">{words.nobody}</p>
        )}
        <FindColleague
          name="find-supporter"
          without={[mine?.id ?? "", ...now.co_supporters]}
          onChoose={(person) => named(person, { co_supporters: [...now.co_supporters, person.id] })}
        />
      </Group>
    </>
  );
}

type GroupProps = { id: string; title: string; hint: string; children: ComponentChildren };

const Group = ({ id, title, hint, children }: GroupProps) => (
  <section aria-labelledby={id} class="field">
    <h2 id={id} class="as-h3">
      {title}
    </h2>
    <p class="hint">{hint}</p>
    {children}
  </section>
);
