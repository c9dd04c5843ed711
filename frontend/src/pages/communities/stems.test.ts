import { expect, it } from "vitest";
import type { Schemas } from "../../api/client";
import { stemsOf } from "./stems";

const node = (
  id: string,
  parent_id: string | null,
  more: Partial<Schemas["TreeNode"]> = {},
): Schemas["TreeNode"] => ({
  id,
  parent_id,
  name: id,
  slug: id,
  depth: parent_id ? 2 : 1,
  kind: "community",
  stage: "maturing",
  status: "active",
  visibility: "open",
  member_count: 9,
  ...more,
});
const order = ["potential", "coalescing", "maturing", "stewardship", "transformation"];

it("grows a stem for each branch, whatever stands how deep beneath it", () => {
  const tree = [
    node("root", null),
    node("a", "root"),
    node("a1", "a"),
    node("a2", "a1"),
    node("b", "root"),
    node("b1", "b"),
  ];
  const stems = stemsOf(tree, new Set(["a2"]), order, "Across");
  expect(stems.map(({ name, plants }) => [name, plants.map(({ id }) => id)])).toEqual([
    ["a", ["a1", "a2"]],
    ["b", ["b1"]],
  ]);
  expect(stems[0]?.plants[1]?.mine).toBe(true);
});

it("gathers communities without a branch on a stem of their own", () => {
  const stems = stemsOf(
    [node("root", null), node("a", "root"), node("b", "root")],
    new Set(),
    order,
    "Across",
  );
  expect(stems).toHaveLength(1);
  expect(stems[0]).toMatchObject({ id: null, name: "Across" });
});

it("shows an idea as a bud and keeps the largest leaf for the largest community", () => {
  const tree = [
    node("root", null, { member_count: 900 }),
    node("a", "root"),
    node("a1", "a", { stage: "potential" }),
    node("a2", "a", { member_count: 36 }),
  ];
  const [bud, leaf] = stemsOf(tree, new Set(), order, "Across")[0]?.plants ?? [];
  expect(bud).toMatchObject({ growth: "bud", rung: 0, size: 0.5 });
  expect(leaf).toMatchObject({ growth: "leaf", size: 1 });
});

it("keeps a community whose umbrella is hidden", () => {
  const stems = stemsOf([node("root", null), node("orphan", "hidden")], new Set(), order, "Across");
  expect(stems.map(({ plants }) => plants.map(({ id }) => id))).toEqual([["orphan"]]);
  expect(stemsOf([node("orphan", "hidden")], new Set(), order, "Across")).toHaveLength(1);
});

it("leaves out what has been put away", () => {
  const tree = [
    node("root", null),
    node("a", "root"),
    node("a1", "a"),
    node("a2", "a", { status: "archived" }),
  ];
  expect(stemsOf(tree, new Set(), order, "Across")[0]?.plants.map(({ id }) => id)).toEqual(["a1"]);
});

it("is empty where nothing may be seen", () => {
  expect(stemsOf([], new Set(), order, "Across")).toEqual([]);
});
