import { api } from "../../api/client";
import { useList } from "../../api/list";
import { Loaded, Trouble } from "../../api/problems";
import { paths } from "../../paths";
import { find } from "../../text/en/find";
import { insight } from "../../text/en/insight";
import { shell } from "../../text/en/shell";
import { label, stages } from "../../text/en/values";
import { Alive } from "../../ui/Alive";
import { More } from "../../ui/More";
import { Empty } from "../../ui/Notice";
import { Title } from "../../ui/Title";

const t = insight.choice;

/** The communities whose numbers the reader may see. */
export default function InsightChoice() {
  const list = useList(
    (cursor, signal) =>
      api.get("/v1/communities", {
        query: { ...cursor, mine: true, sort: "name", limit: 50 },
        ...(signal && { signal }),
      }),
    [],
  );
  return (
    <div class="wide">
      <Title>{t.title}</Title>
      <p class="lead">{t.lead}</p>
      <Loaded load={list}>
        {(communities) => {
          const measured = communities.filter(({ can }) => can.includes("measure"));
          return measured.length ? (
            <ul class="list">
              {measured.map(({ id, name, stage, member_count }) => (
                <li key={id}>
                  <h2 class="as-h3">
                    <a href={paths.communityInsight(id)}>{name}</a>
                  </h2>
                  <Alive stage={stage}>
                    {label(stages, stage)}. {find.members(member_count)}.
                  </Alive>
                </li>
              ))}
            </ul>
          ) : (
            <Empty title={t.none}>
              <a class="button" href={paths.communities()}>
                {t.find}
              </a>
            </Empty>
          );
        }}
      </Loaded>
      <Trouble words={list.trouble} />
      <More more={list.more} busy={list.growing} onMore={list.grow}>
        {shell.more}
      </More>
    </div>
  );
}
