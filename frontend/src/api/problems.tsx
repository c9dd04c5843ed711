// Refusals in words: at the field, in the summary of a form, or in place of a page.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { paths } from "../paths";
import { problems as words } from "../text/en/problems";
import { shell } from "../text/en/shell";
import type { Fault } from "../ui/form";
import { NotFound } from "../ui/NotFound";
import { Notice } from "../ui/Notice";
import { Title } from "../ui/Title";
import type { Refusal } from "./client";
import { asRefusal, toRefusal, type Load } from "./load";

/** `body/agenda/0/title` is shown at the field `agenda/0/title`. */
export function faultsOf(refusal: Refusal): Fault[] {
  return (refusal.problem.errors ?? []).map(({ at, detail }) => ({
    at: at.replace(/^(body|query|path)\/?/, ""),
    detail,
  }));
}

/** One sentence that says what happened and how to mend it. */
export function sentenceOf({ status, problem }: Refusal): string {
  if (status === 0) return words.offline;
  if (status === 412) return words.changed;
  if (status === 429) return words.tooMany;
  if (status === 404) return words.hidden;
  if (status === 403) return problem.detail ?? words.forbidden;
  if (status >= 500)
    return problem.request_id ? `${words.ours} ${words.reference(problem.request_id)}` : words.ours;
  return problem.detail ?? problem.title;
}

type Sending = {
  busy: boolean;
  /** Spread on a Form. */
  form: {
    onSubmit: (fields: FormData, form: HTMLFormElement) => void;
    faults: readonly Fault[];
    trouble: ComponentChildren;
    busy: boolean;
  };
};

const none: readonly Fault[] = [];

const SignedOut = () => (
  <>
    {words.signedOut}{" "}
    <a href={paths.signIn()} target="_blank">
      {words.signInElsewhere}
    </a>
  </>
);

/** Send what a form holds. `onChanged` is called when somebody else was faster; what was written stays. */
export function useSending(
  send: (fields: FormData, form: HTMLFormElement) => Promise<void>,
  onChanged?: () => void,
): Sending {
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<readonly Fault[]>(none);
  const [trouble, setTrouble] = useState<ComponentChildren>();

  function onSubmit(fields: FormData, form: HTMLFormElement): void {
    if (busy) return;
    setBusy(true);
    setFaults(none);
    setTrouble(undefined);
    send(fields, form)
      .catch((error: unknown) => {
        const refusal = toRefusal(error);
        const found = faultsOf(refusal);
        if (found.length) setFaults(found);
        // The page must stay, or what was written would be lost.
        else setTrouble(refusal.status === 401 ? <SignedOut /> : sentenceOf(refusal));
        if (refusal.status === 412) onChanged?.();
      })
      .finally(() => setBusy(false));
  }
  return { busy, form: { onSubmit, faults, trouble, busy } };
}

type Doing = {
  busy: boolean;
  trouble: string | undefined;
  run: (act: () => Promise<void>) => Promise<boolean>;
};

/**
 * Do one thing at the press of a button, and say so when it did not work.
 * `onChanged` is called when somebody else was faster, to show how things stand now.
 */
export function useDoing(onChanged?: () => void): Doing {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  async function run(act: () => Promise<void>): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    setTrouble(undefined);
    try {
      await act();
      return true;
    } catch (error) {
      const refusal = asRefusal(error);
      setTrouble(refusal.status === 412 ? words.meanwhile : sentenceOf(refusal));
      if (refusal.status === 412) onChanged?.();
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { busy, trouble, run };
}

/** What went wrong at the press of a button. */
export const Trouble = ({ words: text }: { words: string | undefined }) =>
  text ? (
    <Notice kind="bad" title={words.notDone}>
      <p>{text}</p>
    </Notice>
  ) : null;

const titleOf = (status: number): string => {
  if (status === 0) return words.offlineTitle;
  if (status === 403) return words.forbiddenTitle;
  return status === 404 ? words.hiddenTitle : words.oursTitle;
};

/** A part of a page that could not be shown. */
export function Refused({ refusal, again }: { refusal: Refusal; again?: () => void }) {
  const text = refusal.status === 0 ? words.offlineText : sentenceOf(refusal);
  return (
    <Notice kind="bad" title={titleOf(refusal.status)}>
      <p>{text}</p>
      {again && refusal.status !== 403 && refusal.status !== 404 && (
        <button class="button quiet" type="button" onClick={again}>
          {shell.tryAgain}
        </button>
      )}
    </Notice>
  );
}

/** A whole page that could not be shown. */
function RefusedPage({ refusal, again }: { refusal: Refusal; again: () => void }) {
  const missing = refusal.status === 404 || refusal.status === 422;
  if (missing) return <NotFound />;
  const text = refusal.status === 0 ? words.offlineText : sentenceOf(refusal);
  return (
    <div class="wide">
      <Title>{titleOf(refusal.status)}</Title>
      <p class="lead">{text}</p>
      {refusal.status !== 403 && (
        <button class="button" type="button" onClick={again}>
          {shell.tryAgain}
        </button>
      )}
    </div>
  );
}

export const Waiting = () => (
  <p class="soft waiting" role="status">
    {shell.waiting}
  </p>
);

/** Show what was loaded, or why it was not. `page` says that the whole page depends on it. */
export function Loaded<T>({
  load,
  page,
  children,
}: {
  load: Load<T>;
  page?: boolean;
  children: (value: T) => ComponentChildren;
}) {
  if (load.state === "ready") return <>{children(load.value)}</>;
  if (load.state === "refused") {
    return page ? (
      <RefusedPage refusal={load.refusal} again={load.again} />
    ) : (
      <Refused refusal={load.refusal} again={load.again} />
    );
  }
  return page ? (
    <div class="wide">
      <Waiting />
    </div>
  ) : (
    <Waiting />
  );
}
