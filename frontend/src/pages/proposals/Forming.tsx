import { api, type Schemas } from "../../api/client";
import { useLoad } from "../../api/load";
import { paths } from "../../paths";
import { proposal as t } from "../../text/en/proposals/proposal";

/** Where a proposal leads: the community in the making, and later the community itself. */
export function Forming({ proposal: { community_id, name, state } }: { proposal: Schemas["ProposalRead"] }) {
  const id = community_id ?? "";
  // Whoever is not involved yet does not see it, and needs no link to it.
  const load = useLoad(
    (signal) =>
      api.get("/v1/communities/{community_id}", { path: { community_id: id }, signal }).catch(() => undefined),
    [id, state],
  );
  const community = load.state === "ready" ? load.value : undefined;
  if (!community) return null;
  const begun = state === "launched";
  const can = new Set(community.can);
  return (
    <section aria-labelledby="forming-title">
      <h2 id="forming-title">{begun ? t.begun : t.community}</h2>
      <p>{begun ? t.begunText : t.communityText}</p>
      <ul class="row">
        <li>
          <a href={paths.community(id)}>{t.toCommunity(name)}</a>
        </li>
        {can.has("measure") && (
          <li>
            <a href={paths.communityPlan(id)}>{t.toPlan}</a>
          </li>
        )}
        {!begun && can.has("edit") && (
          <li>
            <a href={paths.charter(id)}>{t.toCharter}</a>
          </li>
        )}
        {!begun && can.has("schedule") && (
          <li>
            <a href={paths.planSession(id)}>{t.toSession}</a>
          </li>
        )}
      </ul>
    </section>
  );
}
