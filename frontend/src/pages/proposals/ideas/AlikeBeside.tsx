import { propose } from "../../../text/en/proposals/propose";
import type { Alike } from "../../similarity/useAlike";
import { Candidate, type Beside } from "./Candidate";

const t = propose.alike;

/** “Is one of these what you mean?”, asked beside the question while somebody writes. */
const AlikeBeside = ({ alike, ...beside }: Beside & { alike: readonly Alike[] | undefined }) => (
  <section aria-labelledby="alike-title">
    <h2 id="alike-title">{t.title}</h2>
    <p class="soft">{t.text}</p>
    <p class="visually-hidden" role="status">
      {alike && t.count(alike.length)}
    </p>
    {alike?.length ? (
      <ul class="list">
        {alike.map((one) => (
          <Candidate key={one.id} one={one} {...beside} />
        ))}
      </ul>
    ) : (
      <p>{t.none}</p>
    )}
    <p class="soft">{t.hidden}</p>
  </section>
);

export default AlikeBeside;
