import type { Schemas } from "../../api/client";
import { register as t } from "../../text/en/register";
import { CheckInCode } from "./CheckInCode";
import { RegisterList } from "./RegisterList";

/** The register, for those who run the session. It works with a thumb, and without a signal. */
export default function RegisterBand({ session }: { session: Schemas["SessionRead"] }) {
  const open = session.can.includes("record_attendance");
  if (!open && session.status === "cancelled") return null;
  return (
    <section class="band" id="register" aria-labelledby="register-title">
      <div class="wide">
        <p class="kicker">{t.kicker}</p>
        <h2 id="register-title">{t.title}</h2>
        <CheckInCode session={session} />
        {open ? <RegisterList session={session} /> : <p>{t.later}</p>}
      </div>
    </section>
  );
}
