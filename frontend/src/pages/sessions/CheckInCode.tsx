import { api, type Schemas } from "../../api/client";
import { useLoad } from "../../api/load";
import { register as t } from "../../text/en/register";

/** The code to show in the room; without it people are marked by hand, so a failure stays silent. */
export function CheckInCode({ session }: { session: Schemas["SessionRead"] }) {
  const load = useLoad(
    (signal) =>
      api.get("/v1/sessions/{session_id}/check-in-code", { path: { session_id: session.id }, signal }),
    [session.id],
  );
  return load.state === "ready" && Date.now() < Date.parse(load.value.closes_at) ? (
    <p>
      {t.code} <strong class="code">{load.value.code}</strong>
    </p>
  ) : null;
}
