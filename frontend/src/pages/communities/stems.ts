// The network's tree as stems and leaves: each branch of the root is a stem, and everything beneath it grows there.

import type { Schemas } from "../../api/client";
import type { Plant, Stem } from "../../ui/charts/trellis";

type Node = Schemas["TreeNode"];

/**
 * Stems of a tree. Communities that stand alone under the root share one stem, named by `across`;
 * so do those whose umbrella is hidden from the reader.
 */
export function stemsOf(
  all: readonly Node[],
  mine: ReadonlySet<string>,
  order: readonly string[],
  across: string,
): Stem[] {
  // What has been put away is in no list either.
  const nodes = all.filter(({ status }) => status !== "archived");
  const root = nodes.find(({ depth }) => depth === 1);
  const known = new Set(nodes.map(({ id }) => id));
  const most = Math.max(1, ...nodes.filter((node) => node !== root).map(({ member_count }) => member_count));
  const beneath = (id: string): Node[] =>
    nodes.filter(({ parent_id }) => parent_id === id).flatMap((child) => [child, ...beneath(child.id)]);
  const plant = (node: Node): Plant => ({
    id: node.id,
    name: node.name,
    rung: Math.max(0, order.indexOf(node.stage)),
    size: Math.sqrt(node.member_count / most),
    growth: node.stage === "potential" || node.status === "forming" ? "bud" : "leaf",
    mine: mine.has(node.id),
  });
  const branches = nodes
    .filter((node) => node !== root && (node.parent_id === root?.id || !known.has(node.parent_id ?? "")))
    .map((branch) => ({ branch, plants: beneath(branch.id).map(plant) }));
  const alone = branches.filter(({ plants }) => !plants.length).map(({ branch }) => plant(branch));
  const stems: Stem[] = branches
    .filter(({ plants }) => plants.length)
    .map(({ branch, plants }) => ({ id: branch.id, name: branch.name, plants }));
  return alone.length ? [...stems, { id: null, name: across, plants: alone }] : stems;
}
