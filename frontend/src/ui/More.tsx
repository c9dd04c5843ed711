import type { ComponentChildren } from "preact";

type Props = { more: boolean; busy: boolean; onMore: () => void; children: ComponentChildren };

/** Shows more of a list that is not at its end. */
export const More = ({ more, busy, onMore, children }: Props) =>
  more ? (
    <p>
      <button class="button quiet" type="button" aria-disabled={busy} onClick={onMore}>
        {children}
      </button>
    </p>
  ) : null;
