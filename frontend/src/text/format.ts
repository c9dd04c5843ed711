// Numbers, lists and plurals as the reader's language writes them. Everything rests on Intl.

let locale = "en-GB";

/** The language in use, as a BCP 47 tag. */
export const language = (): string => locale;

/** Choose the language of dates and numbers; a tag the browser does not know changes nothing. */
export function speak(tag: string): void {
  try {
    locale = Intl.getCanonicalLocales(tag)[0] ?? locale;
  } catch {
    // An unknown tag is no reason to lose the page.
  }
}

export const number = (value: number, digits = 0): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);

/** An index, always with two digits, so that 0.8 and 0.75 can be compared at a glance. */
export const index = (value: number): string =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);

/** A share between 0 and 1, written as a whole percentage. */
export const percent = (share: number): string =>
  new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(share);

/** “Ann, Bo and Cy”. */
export const list = (items: string[]): string =>
  new Intl.ListFormat(locale, { type: "conjunction" }).format(items);

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/**
 * The form that fits a count, with `#` standing for the number: plural(2, {one: "# day", other: "# days"}).
 * A `zero` form is used for nothing at all in every language, because “nobody” reads better than “0 people”.
 */
export function plural(count: number, forms: Forms): string {
  const rule = count === 0 && forms.zero !== undefined ? "zero" : new Intl.PluralRules(locale).select(count);
  const form = forms[rule] ?? forms.other;
  return form.replace("#", number(count));
}

/** Two letters for a picture of a person: the first of the first name and of the last. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = [...(words[0] ?? "")][0] ?? "";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toLocaleUpperCase(locale);
}

/** The name a person is called by. */
export const firstName = (name: string): string => name.trim().split(/\s+/u)[0] ?? name;

/** Words somebody wrote, ended like a sentence so that another may follow. */
export const sentence = (text: string): string => (/[.!?…]\s*$/u.test(text) ? text : `${text}.`);

/** Words that begin a sentence. */
export const capital = (text: string): string => {
  const [first = "", ...rest] = text;
  return first.toLocaleUpperCase(locale) + rest.join("");
};

/** The label of a value, or the value itself where it is newer than its label. */
export const label = (labels: Record<string, string>, value: string): string =>
  labels[value] ?? value.replaceAll("_", " ");
