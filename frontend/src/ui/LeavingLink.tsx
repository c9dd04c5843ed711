import { useState } from "preact/hooks";
import { session } from "../text/en/sessions";
import { Dialog } from "./Dialog";

const t = session.leaving;

/** The site a link leads to, as people read it. */
export const hostOf = (url: string): string =>
  URL.canParse(url) ? new URL(url).host.replace(/^www\./, "") : url;

/** A link to another site asks before it leaves. */
export function LeavingLink({ to, children }: { to: string; children: string }) {
  const [asking, setAsking] = useState(false);
  const ask = (event: MouseEvent) => {
    event.preventDefault();
    setAsking(true);
  };
  return (
    <>
      <a href={to} target="_blank" rel="noreferrer" onClick={ask}>
        {children}
      </a>
      <Dialog open={asking} title={t.title} onClose={() => setAsking(false)}>
        <p>{t.text(hostOf(to))}</p>
        <div class="actions">
          <a class="button" href={to} target="_blank" rel="noreferrer" onClick={() => setAsking(false)}>
            {t.go}
          </a>
          <button class="button quiet" type="button" onClick={() => setAsking(false)}>
            {t.stay}
          </button>
        </div>
      </Dialog>
    </>
  );
}
