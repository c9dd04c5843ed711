// A plan as its phases, and each phase as its months.

type Due = { id: string; phase: string; month: number; due_on: string; done_on: string | null };

export type Month<T> = { month: number; due_on: string; milestones: T[] };
export type Phase<T> = { name: string; months: Month<T>[] };

/** Milestones come the soonest first; a phase stands where its first one does. */
export function phasesOf<T extends Due>(milestones: readonly T[]): Phase<T>[] {
  const phases: Phase<T>[] = [];
  for (const milestone of milestones) {
    let phase = phases.find(({ name }) => name === milestone.phase);
    if (!phase) phases.push((phase = { name: milestone.phase, months: [] }));
    let month = phase.months.find((one) => one.month === milestone.month);
    if (!month) {
      phase.months.push((month = { month: milestone.month, due_on: milestone.due_on, milestones: [] }));
    }
    month.milestones.push(milestone);
  }
  return phases;
}

/** Whole days until a calendar day; negative once it is past. */
export const daysLeft = (due_on: string, today: string): number =>
  Math.round((Date.parse(due_on) - Date.parse(today)) / 86_400_000);

/** How a milestone stands: done, late, soon enough to be counted in days, or later. */
export function standingOf({ done_on, due_on }: Pick<Due, "done_on" | "due_on">, today: string) {
  if (done_on) return "done" as const;
  const days = daysLeft(due_on, today);
  if (days < 0) return "late" as const;
  return days <= 14 ? ("soon" as const) : ("later" as const);
}
