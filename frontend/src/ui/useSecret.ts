import { useEffect, useState } from "preact/hooks";

/** Takes what stands behind `#` out of the address, so that neither history nor a shared screen keeps it. */
function take(): string {
  const secret = location.hash.slice(1);
  if (secret) history.replaceState(null, "", location.pathname);
  return secret;
}

/** The secret of a private link. A second link opened in the same window brings another one. */
export function useSecret(): string {
  const [secret, setSecret] = useState(take);
  useEffect(() => {
    const hear = () => setSecret((known) => take() || known);
    addEventListener("hashchange", hear);
    return () => removeEventListener("hashchange", hear);
  }, []);
  return secret;
}
