import { problems as t } from "../text/en/problems";
import { Title } from "./Title";

/** In place of a form whose answers would be refused: why, and the way back. */
export const NotOpen = ({ to, back }: { to: string; back: string }) => (
  <div class="wide">
    <Title>{t.forbiddenTitle}</Title>
    <p class="lead">{t.notYours}</p>
    <div class="actions">
      <a class="button" href={to}>
        {back}
      </a>
    </div>
  </div>
);
