import { useEffect, useRef } from "preact/hooks";

type Props = {
  words: string | undefined;
  /** Take the focus, where the button that was pressed goes away. */
  focus?: boolean;
};

/** Says that something is done, where it was done; screen readers hear it, and it does not vanish. */
export function Saved({ words, focus }: Props) {
  const box = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (focus && words) box.current?.focus();
  }, [focus, words]);
  return (
    <p ref={box} role="status" class={words ? "saved" : "visually-hidden"} tabIndex={focus ? -1 : undefined}>
      {words}
    </p>
  );
}
