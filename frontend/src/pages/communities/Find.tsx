import { useLocation } from "preact-iso";
import { useEffect, useRef } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { useList } from "../../api/list";
import { Loaded, Trouble } from "../../api/problems";
import { me } from "../../me";
import { paths } from "../../paths";
import { find as t } from "../../text/en/find";
import { stageOrder, stages } from "../../text/en/values";
import { Choice, Choices } from "../../ui/fields";
import { More } from "../../ui/More";
import { Empty } from "../../ui/Notice";
import { Title } from "../../ui/Title";
import { CommunityRow } from "./CommunityRow";
import { NetworkPicture } from "./NetworkPicture";

type Community = Schemas["CommunityRead"];
type Asked = { q: string; stage: string; mine: boolean };

export default function Find() {
  const { query, route } = useLocation();
  const asked: Asked = { q: query["q"] ?? "", stage: query["stage"] ?? "", mine: query["mine"] === "yes" };
  const filtered = Boolean(asked.q || asked.stage || asked.mine);

  const ask = (change: Partial<Asked>): void => {
    const { q, stage, mine } = { ...asked, ...change };
    route(paths.communities({ q, stage, mine: mine ? "yes" : "" }));
  };
  return (
    <div class="wide stack">
      <div>
        <Title>{t.title}</Title>
        <Search key={asked.q} q={asked.q} onSearch={(q) => ask({ q })} />
        <p class="then">
          {t.missing} <a href={paths.propose()}>{t.propose}</a> <a href={paths.proposals()}>{t.proposals}</a>
        </p>
      </div>
      {/* Who searches wants the answer first; the picture is for looking round. */}
      {!filtered && <NetworkPicture />}
      <div class="columns side">
        <Filters key={`${asked.stage} ${asked.mine}`} asked={asked} onFilter={ask} />
        <Results asked={asked} filtered={filtered} />
      </div>
    </div>
  );
}

function Search({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSearch(String(new FormData(event.currentTarget as HTMLFormElement).get("q")).trim());
  };
  return (
    <form class="search" role="search" action={paths.communities()} onSubmit={submit}>
      <div>
        <label for="q">{t.question}</label>
        <p class="hint" id="q-hint">
          {t.hint}
        </p>
        <input
          id="q"
          name="q"
          type="search"
          aria-describedby="q-hint"
          autocomplete="off"
          maxLength={120}
          defaultValue={q}
        />
      </div>
      <button class="button">{t.search}</button>
    </form>
  );
}

function Filters({ asked, onFilter }: { asked: Asked; onFilter: (change: Partial<Asked>) => void }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    onFilter({ stage: String(fields.get("stage") ?? ""), mine: fields.has("mine") });
  };
  const options = [
    { value: "", label: t.anyStage },
    ...stageOrder.map((value) => ({ value, label: stages[value] ?? value })),
  ];
  return (
    <form class="filters" aria-label={t.filters} onSubmit={submit}>
      <Choices name="stage" type="radio" label={t.stage} options={options} chosen={[asked.stage]} />
      <Choice name="mine" label={t.mine} checked={asked.mine} />
      <p class="actions">
        <button class="button quiet">{t.show}</button>
        {(asked.q || asked.stage || asked.mine) && <a href={paths.communities()}>{t.clear}</a>}
      </p>
    </form>
  );
}

function Results({ asked, filtered }: { asked: Asked; filtered: boolean }) {
  const { q, stage, mine } = asked;
  const heading = useRef<HTMLHeadingElement>(null);
  const question = `${q} ${stage} ${mine}`;
  const shownFor = useRef(question);
  // The button that asked is drawn anew with the answer; the focus goes on to what was found.
  useEffect(() => {
    if (shownFor.current !== question) heading.current?.focus();
    shownFor.current = question;
  }, [question]);
  const list = useList<Community>(
    (cursor, signal) =>
      api.get("/v1/communities", {
        query: {
          ...cursor,
          limit: 20,
          sort: "name",
          ...(q && { q }),
          ...(stage && { stage: stage as Community["stage"] }),
          ...(mine && { mine }),
        },
        ...(signal && { signal }),
      }),
    [q, stage, mine],
  );
  const belongs = new Set(
    me.value?.roles
      .filter(({ state }) => state === "active" || state === "paused")
      .map(({ community_id }) => community_id),
  );
  const shown = list.state === "ready" ? list.value.length : 0;
  return (
    <section aria-labelledby="list-title" aria-busy={list.state === "ready" && !list.fresh}>
      <h2 ref={heading} id="list-title" tabIndex={-1}>{filtered ? t.found : t.list}</h2>
      <p class="visually-hidden" role="status">
        {list.state === "ready" && t.results(shown)}
      </p>
      <Loaded load={list}>
        {(communities) =>
          communities.length ? (
            <ul class="list rows">
              {communities.map((community) => (
                <CommunityRow key={community.id} community={community} mine={belongs.has(community.id)} />
              ))}
            </ul>
          ) : (
            <Empty title={t.nothing.title}>
              <p>{t.nothing.text}</p>
              {filtered && (
                <a class="button" href={paths.communities()}>
                  {t.clear}
                </a>
              )}
            </Empty>
          )
        }
      </Loaded>
      <Trouble words={list.trouble} />
      <More more={list.more} busy={list.growing} onMore={list.grow}>
        {t.more}
      </More>
    </section>
  );
}
