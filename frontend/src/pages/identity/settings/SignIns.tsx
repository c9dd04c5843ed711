import { useState } from "preact/hooks";
import { api } from "../../../api/client";
import { useLoad } from "../../../api/load";
import { Loaded, Trouble, useDoing } from "../../../api/problems";
import { date } from "../../../text/dates";
import { settings } from "../../../text/en/identity";
import { Saved } from "../../../ui/Saved";
import { deviceOf } from "../device";

const t = settings.signIns;

export function SignIns({ zone }: { zone: string }) {
  const load = useLoad((signal) => api.get("/v1/me/sign-ins", { query: { limit: 100 }, signal }), []);
  const [done, setDone] = useState<string>();
  const { busy, trouble, run } = useDoing();
  const revoke = (sign_in_id: string, device: string) =>
    run(async () => {
      await api.delete("/v1/me/sign-ins/{sign_in_id}", { path: { sign_in_id } });
      setDone(t.revoked(device));
      load.again();
    });
  return (
    <>
      <Trouble words={trouble} />
      <Loaded load={load}>
        {({ items }) => (
          <ul class="people acts plain-rows">
            {items.map(({ id, agent, current, created_at, expires_at }) => {
              const device = deviceOf(agent, t.on) ?? t.unknown;
              return (
                <li key={id}>
                  <h3>
                    {device} {current && <span class="tag">{t.here}</span>}
                  </h3>
                  <p class="soft">
                    {t.since(date(created_at, zone))}. {t.until(date(expires_at, zone))}.
                  </p>
                  {!current && (
                    <div class="actions">
                      <button
                        class="button quiet"
                        type="button"
                        aria-disabled={busy}
                        aria-label={t.revokeOf(device)}
                        onClick={() => void revoke(id, device)}
                      >
                        {t.revoke}
                      </button>
                    </div>
                  )}
                </li>
              );
            })}
          </ul>
        )}
      </Loaded>
      <Saved words={done} />
    </>
  );
}
