import type { Schemas } from "../../api/client";
import { places } from "../../text/en/when";

/** Where a session takes place, in words. */
export function placeOf({ mode, location }: Pick<Schemas["SessionRead"], "mode" | "location">): string {
  if (mode === "online") return places.online;
  return mode === "in_person" ? places.room(location) : places.both(location);
}
