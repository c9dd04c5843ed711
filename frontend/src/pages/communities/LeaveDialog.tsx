import { leaving as t } from "../../text/en/joining";
import { Dialog } from "../../ui/Dialog";

type Props = { invited: boolean; onLeave: () => void; onClose: () => void };

/** Leaving a community one cannot simply join again is thought over first. */
const LeaveDialog = ({ invited, onLeave, onClose }: Props) => (
  <Dialog open title={t.title} onClose={onClose}>
    <p>{invited ? t.text.by_invitation : t.text.on_request}</p>
    <div class="actions">
      <button class="button" type="button" onClick={onLeave}>
        {t.leave}
      </button>
      <button class="button quiet" type="button" onClick={onClose}>
        {t.stay}
      </button>
    </div>
  </Dialog>
);

export default LeaveDialog;
