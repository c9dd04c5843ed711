// Who stands in a register: everyone who answered, everyone who was marked, and everyone else who belongs.

import type { Schemas } from "../../api/client";
import type { Mark } from "./register";

type Line = Schemas["RegisterLine"];

export type Entry = Pick<Line, "person_id" | "name" | "answer" | "source"> & {
  waits: boolean;
  /** Nothing is recorded unless somebody said so. */
  mark: Mark | null;
};

const rank = { yes: 0, maybe: 1, no: 3 };

/** Those who said yes first, then maybe, then people nobody expected, then those who said no; by name within. */
export function rosterOf(lines: readonly Line[]): Entry[] {
  const order = ({ answer }: Entry): number => (answer === null ? 2 : rank[answer]);
  return lines
    .map(({ person_id, name, answer, place, source, status, minutes }) => ({
      person_id,
      name,
      answer,
      source,
      waits: place === "waitlisted",
      mark: status === null ? null : { status, minutes },
    }))
    .sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name));
}

/** People with something to do with the session; the other members are out of the way until they are looked for. */
export const expected = ({ answer, source }: Entry): boolean => answer !== null || source !== null;

/** Whether a name holds what somebody types, whatever the accents and capitals. */
export function fits(name: string, wanted: string): boolean {
  const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain(name).includes(plain(wanted.trim()));
}
