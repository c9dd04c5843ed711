import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { shell } from "../text/en/shell";

let arriving = false;

/** The next title that appears takes the focus, because the person has moved to another page. */
export function arrive(): void {
  arriving = true;
}

/** The one h1 of a page. It also names the browser's tab. */
export function Title({ children, tab }: { children: ComponentChildren; tab?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = shell.title(tab ?? heading.current?.textContent ?? "");
  });
  useEffect(() => {
    if (!arriving) return;
    arriving = false;
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
