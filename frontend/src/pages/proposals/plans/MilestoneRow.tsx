import { plans as t } from "../../../text/en/proposals/plans";
import { daysLeft, standingOf } from "./months";
import { day, type Milestone } from "./Plan";

type Props = { milestone: Milestone; today: string; may: boolean; onMark: (done: boolean) => void };

/** One thing to have done by a day, and whether it is; what is late says so in words. */
export function MilestoneRow({ milestone, today, may, onMark }: Props) {
  const { title, due_on, done_on } = milestone;
  const standing = standingOf(milestone, today);
  const days = daysLeft(due_on, today);
  const classes = { done: "done", late: "now", soon: "now", later: undefined };
  return (
    <li class={classes[standing]}>
      <h4>{title}</h4>
      <p class={standing === "late" ? "needs" : "soft"}>
        {done_on
          ? t.doneOn(day(done_on))
          : standing === "late"
            ? `${t.due(day(due_on))}. ${t.late(-days)}`
            : standing === "soon"
              ? `${t.due(day(due_on))}. ${t.soon(days)}`
              : t.due(day(due_on))}
      </p>
      {may && (
        <button
          class={done_on ? "plain" : "button quiet"}
          type="button"
          aria-label={done_on ? t.notDoneOf(title) : t.doneOf(title)}
          onClick={() => onMark(!done_on)}
        >
          {done_on ? t.notDone : t.done}
        </button>
      )}
    </li>
  );
}
