import type { Schemas } from "../../../api/client";
import { me } from "../../../me";
import { paths } from "../../../paths";
import { clock, longDay } from "../../../text/dates";
import { story as t } from "../../../text/en/proposals/story";
import { happened } from "./happened";

/** What has happened, the newest first. */
export function Story({ steps }: { steps: readonly Schemas["TransitionRead"][] }) {
  const zone = me.value?.timezone ?? "UTC";
  return (
    <section aria-labelledby="story-title">
      <h2 id="story-title">{t.title}</h2>
      {steps.length ? (
        <ol class="timeline">
          {steps.toReversed().map((step, index) => {
            const { title, words, session_id } = happened(step, zone);
            return (
              <li key={step.id} class={index ? "done" : "now"}>
                <p class="kicker">
                  <time dateTime={step.at}>
                    {longDay(step.at, zone)}, {clock(step.at, zone)}
                  </time>
                </p>
                <h3>{title}</h3>
                <p>
                  {step.actor_name ? t.by(step.actor_name) : t.itself} {words.join(" ")}
                </p>
                {session_id && <a href={paths.session(session_id)}>{t.session}</a>}
              </li>
            );
          })}
        </ol>
      ) : (
        <p class="soft">{t.nothing}</p>
      )}
    </section>
  );
}
