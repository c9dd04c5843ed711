// Who is signed in. `undefined` means that we have not asked yet, `null` that nobody is.

import { signal } from "@preact/signals";
import { api, Refusal, type Schemas } from "./api/client";
import { speak } from "./text/format";

export type Me = Schemas["MeRead"];

export const me = signal<Me | null | undefined>(undefined);

/** Why we do not know: the API could not be reached, or failed. */
export const unreachable = signal(false);

export async function recognise(): Promise<void> {
  try {
    keep(await api.get("/v1/me"));
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) forget();
    else unreachable.value = true;
  }
}

export function keep(person: Me): void {
  unreachable.value = false;
  speak(person.locale);
  me.value = person;
}

export function forget(): void {
  unreachable.value = false;
  me.value = null;
}

export async function signOut(): Promise<void> {
  await api.delete("/v1/sign-ins/current");
  forget();
}
