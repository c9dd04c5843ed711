import type { Schemas } from "../../api/client";
import { community as t } from "../../text/en/communities";

/** What members ask of each other, and what a community of practice is not. */
export const GroundRules = ({ charter }: { charter: Schemas["Charter"] | undefined }) => (
  <>
    {charter?.ground_rules.length ? (
      <ol>
        {charter.ground_rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ol>
    ) : (
      <p class="soft">{t.noRules}</p>
    )}
    <div class="notice">
      <h3>{t.notCounselling.title}</h3>
      <p>{t.notCounselling.text}</p>
    </div>
  </>
);
