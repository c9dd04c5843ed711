// The way of a proposal as seven stones: which lie behind it, where it stands, and what is to come.

export type Step = {
  from: string;
  to: string;
  at: string;
  reason: string;
  actor_name: string | null;
  evidence: Record<string, unknown>;
};

export const stoneIds = ["draft", "look", "soundings", "call", "decision", "planning", "session"] as const;
export type StoneId = (typeof stoneIds)[number];

/** On which stone a proposal stands; the states in which one ends stand on none of their own. */
const standsOn: Record<string, number> = {
  draft: 0,
  submitted: 1,
  scoping: 2,
  interest_call: 3,
  interest_met: 4,
  interest_not_met: 4,
  planning: 5,
  scheduled: 6,
  launched: 7,
};

export type Stone = {
  id: StoneId;
  is: "done" | "now" | "ahead";
  /** The step by which it was left behind. */
  step: Step | undefined;
  /** The state in which the way ended here. */
  ended: string | undefined;
};

/** `steps` in the order they were taken; a second call and a second look walk part of the way again. */
export function stonesOf(steps: readonly Step[]): Stone[] {
  let place = 0;
  let ended: string | undefined;
  const left: (Step | undefined)[] = [];
  for (const step of steps) {
    const next = standsOn[step.to];
    ended = next === undefined ? step.to : undefined;
    if (next === undefined) continue;
    for (let stone = place; stone < next; stone += 1) left[stone] = step;
    left.length = next;
    place = next;
  }
  return stoneIds.map((id, index) => ({
    id,
    is: index < place ? "done" : index === place ? "now" : "ahead",
    step: left[index],
    ended: index === place ? ended : undefined,
  }));
}
