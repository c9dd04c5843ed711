import { shell } from "../text/en/shell";

/** Where a page stands: the way down to it, without the page itself. */
export const Crumbs = ({ way }: { way: readonly { to: string; name: string }[] }) => (
  <nav class="crumbs" aria-label={shell.where}>
    <ol>
      {way.map(({ to, name }) => (
        <li key={to}>
          <a href={to}>{name}</a>
        </li>
      ))}
    </ol>
  </nav>
);
