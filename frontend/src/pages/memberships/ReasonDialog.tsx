import { useSending } from "../../api/problems";
import { people as t } from "../../text/en/memberships";
import { Dialog } from "../../ui/Dialog";
import { TextArea } from "../../ui/fields";
import { Form } from "../../ui/form";

type Props = {
  open: boolean;
  title: string;
  action: string;
  onReason: (reason: string) => Promise<void>;
  onClose: () => void;
};

/** A no is given with a sentence that the person reads. */
export function ReasonDialog({ open, title, action, onReason, onClose }: Props) {
  const { form, busy } = useSending(async (fields) => {
    await onReason(String(fields.get("reason")).trim());
    onClose();
  });
  return (
    <Dialog open={open} title={title} onClose={onClose}>
      <Form {...form}>
        <TextArea
          name="reason"
          label={t.reason}
          hint={t.reasonHint}
          wrong={t.reasonMissing}
          required
          minLength={3}
          maxLength={1000}
          rows={3}
        />
        <div class="actions">
          <button class="button" aria-disabled={busy}>
            {action}
          </button>
          <button class="button quiet" type="button" onClick={onClose}>
            {t.notNow}
          </button>
        </div>
      </Form>
    </Dialog>
  );
}
