import type { ComponentChildren } from "preact";
import { shell } from "../text/en/shell";

export type Part = { id: string; title: string; content: ComponentChildren };

/** A long page in parts, with a list of them at its side. Not tabs: everything can be read and searched at once. */
export const PageParts = ({ parts }: { parts: readonly Part[] }) => (
  <div class="columns side">
    <nav class="sticky" aria-label={shell.onThisPage}>
      <ul class="nav-list">
        {parts.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
    <div class="stack">
      {parts.map(({ id, title, content }) => (
        <section key={id} id={id} aria-labelledby={`${id}-title`}>
          <h2 id={`${id}-title`}>{title}</h2>
          {content}
        </section>
      ))}
    </div>
  </div>
);
