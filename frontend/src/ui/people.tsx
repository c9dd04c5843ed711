import { initials } from "../text/format";

/** A person as two letters in a leaf; the name always stands beside it. */
export function Avatar({ name, mini }: { name: string; mini?: boolean }) {
  return (
    <span class={mini ? "avatar mini" : "avatar"} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

/** The people who are coming, at a glance; their names are told in words elsewhere. */
export function Faces({ names }: { names: readonly string[] }) {
  if (!names.length) return null;
  return (
    <ul class="faces" aria-hidden="true">
      {names.map((name, index) => (
        <li key={index} class="avatar mini">
          {initials(name)}
        </li>
      ))}
    </ul>
  );
}
