import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

type Props = {
  kind?: "good" | "warm" | "bad";
  title?: string;
  /** Take the focus, for a result the person has just asked for. */
  focus?: boolean;
  children?: ComponentChildren;
};

/** Something the reader must know here and now; undo lives here. */
export function Notice({ kind = "good", title, focus, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus) box.current?.focus();
  }, [focus]);
  return (
    <div
      ref={box}
      class={kind === "good" ? "notice" : `notice ${kind}`}
      role={kind === "bad" ? "alert" : "status"}
      tabIndex={focus ? -1 : undefined}
    >
      {title && <h2 class={kind === "warm" ? "needs" : undefined}>{title}</h2>}
      {children}
    </div>
  );
}

/** Nothing here yet: why, and the next step. It is no heading, for it stands at any depth of a page. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="as-h3">
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  );
}
