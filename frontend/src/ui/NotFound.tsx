import { paths } from "../paths";
import { shell } from "../text/en/shell";
import { Title } from "./Title";

/** Nothing is at this address, or nothing the reader may see; two ways on from here. */
export function NotFound() {
  const t = shell.notFound;
  return (
    <div class="wide">
      <Title>{t.title}</Title>
      <p class="lead">{t.text}</p>
      <div class="actions">
        <a class="button" href={paths.home()}>
          {t.home}
        </a>
        <a href={paths.communities()}>{t.find}</a>
      </div>
    </div>
  );
}
