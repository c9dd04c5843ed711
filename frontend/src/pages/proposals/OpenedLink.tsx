import type { Load } from "../../api/load";
import { Loaded, sentenceOf } from "../../api/problems";
import { paths } from "../../paths";
import { badLink as t } from "../../text/en/proposals/letters";
import { shell } from "../../text/en/shell";
import { Title } from "../../ui/Title";
import type { ComponentChildren } from "preact";

type Props<T> = { secret: string; load: Load<T>; children: (value: T) => ComponentChildren };

const why: Record<number, string> = { 404: t.gone, 409: t.used, 410: t.used, 422: t.gone };

/** What a private link leads to; or, when it leads nowhere, why that is and what to do. */
export function OpenedLink<T>({ secret, load, children }: Props<T>) {
  if (secret && load.state !== "refused") {
    return (
      <Loaded load={load} page>
        {children}
      </Loaded>
    );
  }
  const refusal = load.state === "refused" ? load.refusal : undefined;
  const known = refusal ? why[refusal.status] : t.nothing;
  return (
    <div class="wide">
      <Title>{t.title}</Title>
      <p class="lead">{secret ? (known ?? (refusal && sentenceOf(refusal))) : t.nothing}</p>
      <div class="actions">
        {refusal && !known && (
          <button class="button" type="button" onClick={load.again}>
            {shell.tryAgain}
          </button>
        )}
        <a class="button quiet" href={paths.home()}>
          {t.home}
        </a>
      </div>
    </div>
  );
}
