import { joining as t } from "../../text/en/joining";
import { Dialog } from "../../ui/Dialog";
import { Choice } from "../../ui/fields";
import { Form } from "../../ui/form";

type Props = {
  rules: readonly string[];
  asks: boolean;
  onJoin: () => void;
  onClose: () => void;
};

/** What one agrees to by joining: unticked, one thing, with the way back. */
const JoinDialog = ({ rules, asks, onJoin, onClose }: Props) => (
  <Dialog open title={t.title} onClose={onClose}>
    {rules.length ? (
      <>
        <p>{t.rules}</p>
        <ol>
          {rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ol>
      </>
    ) : (
      <p>{t.noRules}</p>
    )}
    <Form onSubmit={onJoin}>
      <Choice name="consent" label={t.consent} wrong={t.consentMissing} required />
      <p class="soft">{t.seen}</p>
      <div class="actions">
        <button class="button">{asks ? t.ask : t.join}</button>
        <button class="button quiet" type="button" onClick={onClose}>
          {t.notNow}
        </button>
      </div>
    </Form>
  </Dialog>
);

export default JoinDialog;
