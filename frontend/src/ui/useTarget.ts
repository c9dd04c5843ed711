import { useEffect } from "preact/hooks";

/** Go to a part of a page that the address names, although the part appears only after the page. */
export function useTarget(id: string): void {
  useEffect(() => {
    if (location.hash !== `#${id}`) return;
    const target = document.getElementById(id);
    target?.scrollIntoView();
    target?.focus({ preventScroll: true });
  }, [id]);
}
