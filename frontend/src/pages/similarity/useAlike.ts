// What exists already and resembles an idea, looked up while somebody writes.

import { useEffect, useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";

export type Alike = Schemas["SimilarRead"];
export type Said = Pick<
  Schemas["ProposalRead"],
  "name" | "purpose" | "domain" | "topics" | "audience" | "region"
>;

// Long enough that nothing is asked between two letters, short enough to seem at once.
const PAUSE = 400;

/** The last answer stays until the next one is there. Looking is a courtesy: a failure shows nothing new. */
export function useAlike(said: Said, exclude_id: string | undefined): Alike[] | undefined {
  const [found, setFound] = useState<Alike[]>();
  const { name, purpose, domain, topics, audience, region } = said;
  const body = {
    name: name.slice(0, 120),
    purpose,
    domain,
    topics,
    audience,
    region,
    ...(exclude_id && { exclude_id }),
  };
  const question = JSON.stringify(body);
  const says = Boolean(name.trim() || purpose.trim() || topics.length);
  useEffect(() => {
    if (!says) {
      setFound(undefined);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.post("/v1/similarity-checks", { body, signal: stop.signal }).then(
        ({ items }) => !stop.signal.aborted && setFound(items),
        () => undefined,
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [question, says]);
  return found;
}
