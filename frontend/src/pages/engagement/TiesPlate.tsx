import { api, type Schemas } from "../../api/client";
import { everyPage } from "../../api/every";
import { useLoad } from "../../api/load";
import { Loaded } from "../../api/problems";
import { date } from "../../text/dates";
import { ties as t } from "../../text/en/ties";
import { initials, number } from "../../text/format";
import { wreath } from "../../ui/charts/wreath";
import { WreathPicture } from "../../ui/charts/WreathPicture";
import { NumberTile, type Definition } from "./NumberTile";
import type { Value } from "./reading";
import { dayBefore, type Window } from "./windows";

type Network = Schemas["NetworkRead"];
type Met = { network: Network; organisations: ReadonlyMap<string, string> };
type Props = { community_id: string; window: Window; definitions: readonly Definition[] };

// A wreath of more people is a blur; their table still tells everything.
const MOST_IN_PICTURE = 80;

export default function TiesPlate({ community_id, window, definitions }: Props) {
  const load = useLoad(
    async (signal): Promise<Met> => {
      const query = { from: window.from, to: window.to };
      const network = await api.get("/v1/communities/{community_id}/network", {
        path: { community_id },
        query,
        signal,
      });
      // Names of organisations are needed only where people are shown.
      const found = network.nodes?.length
        ? await everyPage((cursor) =>
            api.get("/v1/organisations", { query: { ...cursor, limit: 100 }, signal }),
          )
        : [];
      return { network, organisations: new Map(found.map(({ id, name }) => [id, name])) };
    },
    [community_id, window.from, window.to],
  );
  return (
    <Loaded load={load}>
      {(met) => {
        const tiles = met.network.aggregates.map((value) => (
          <NumberTile
            key={value.metric_id}
            value={value as Value}
            definition={definitions.find(({ id }) => id === value.metric_id)}
            lastDay={date(dayBefore(window.to), "UTC")}
          />
        ));
        return (
          <section class="plate" aria-labelledby="ties-title">
            <div>
              <h2 id="ties-title">{t.title}</h2>
              <Rule network={met.network} />
              {met.network.nodes ? (
                tiles
              ) : (
                <p class="soft">{tied(met.network) ? t.namesForLeads : t.nobody}</p>
              )}
            </div>
            {met.network.nodes ? <People {...met} /> : <div class="numbers">{tiles}</div>}
          </section>
        );
      }}
    </Loaded>
  );
}

/** Whether anybody is tied at all; where the number is withheld, somebody may be. */
const tied = ({ aggregates }: Network): boolean =>
  aggregates.some(
    ({ metric_id, status, value }) =>
      metric_id === "network_density" && status !== "no_data" && !(status === "ok" && value === 0),
  );

function Rule({ network: { rule } }: { network: Network }) {
  const size = rule["tie_max_size"];
  return (
    <p>{t.rule(Number(rule["tie_min_shared"] ?? 2), typeof size === "number" ? number(size) : t.anySize)}</p>
  );
}

function People({ network, organisations }: Met) {
  const nodes = network.nodes ?? [];
  const ties = network.ties ?? [];
  const groupOf = (id: string | null): string => (id && organisations.get(id)) ?? t.unknown;
  // People of one organisation stand together; the largest organisation begins.
  const size = new Map<string, number>();
  for (const { organisation_id } of nodes)
    size.set(groupOf(organisation_id), (size.get(groupOf(organisation_id)) ?? 0) + 1);
  const beads = nodes
    .map(({ person_id, name, organisation_id, degree }) => ({
      id: person_id,
      name,
      letters: initials(name),
      group: groupOf(organisation_id),
      degree,
    }))
    .sort(
      (a, b) =>
        (size.get(b.group) ?? 0) - (size.get(a.group) ?? 0) ||
        a.group.localeCompare(b.group) ||
        b.degree - a.degree,
    );
  const drawn = wreath(
    beads,
    ties.map(({ person_id, other_id }) => ({ from: person_id, to: other_id })),
  );
  const alone = beads.filter(({ degree }) => degree === 0);
  const all = drawn.counts.inside + drawn.counts.across;
  return (
    <figure>
      {all > 0 && beads.length <= MOST_IN_PICTURE && (
        <WreathPicture
          title={t.pictureTitle(beads.length)}
          desc={t.pictureDesc(drawn.counts.across, all)}
          region={t.picture}
          wreath={drawn}
          words={t.key}
        />
      )}
      <figcaption>
        <p>{all > 0 ? t.across(number(drawn.counts.across), number(all)) : t.nobody}</p>
        {all > 0 && alone.length > 0 && (
          <p class="needs">
            {alone.length <= 6 ? t.aloneNames(alone.map(({ name }) => name)) : t.alone(alone.length)}
          </p>
        )}
        <p class="soft">{t.leadsOnly}</p>
        <details>
          <summary>{t.table}</summary>
          <div class="scroll" role="region" aria-label={t.table} tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t.person}</th>
                  <th scope="col">{t.organisation}</th>
                  <th scope="col" class="n">
                    {t.ties}
                  </th>
                </tr>
              </thead>
              <tbody>
                {beads.map(({ id, name, group, degree }) => (
                  <tr key={id}>
                    <th scope="row">{name}</th>
                    <td>{group}</td>
                    <td class="n">{number(degree)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </figcaption>
    </figure>
  );
}
