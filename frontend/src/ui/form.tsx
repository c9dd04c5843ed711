// Native forms: label, hint, mistake, box; and a summary of mistakes that takes the focus.

import { createContext, type ComponentChildren } from "preact";
import { useContext, useEffect, useId, useRef, useState } from "preact/hooks";
import { problems } from "../text/en/problems";

/** One answer that needs another look; `at` is the name of its field, or empty for the whole form. */
export type Fault = { at: string; detail: string };

type Scope = { id: (name: string) => string; fault: (name: string) => string | undefined };
const FormScope = createContext<Scope>({ id: (name) => name, fault: () => undefined });

export const useField = (name: string) => {
  const scope = useContext(FormScope);
  return { id: scope.id(name), fault: scope.fault(name) };
};

type FormProps = {
  onSubmit: (fields: FormData, form: HTMLFormElement) => void;
  faults?: readonly Fault[];
  /** What went wrong as a whole, in words. */
  trouble?: ComponentChildren;
  busy?: boolean;
  class?: string;
  label?: string;
  children: ComponentChildren;
};

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export function Form({ onSubmit, faults = [], trouble, busy, label, children, ...rest }: FormProps) {
  const prefix = useId();
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const [own, setOwn] = useState<readonly Fault[]>([]);
  const has = (name: string) => Boolean(form.current?.elements.namedItem(name));
  // A fault of one item of a list is shown at the field that holds the list.
  const placed = faults.map(({ at, detail }) => ({
    at: has(at) ? at : has(at.split("/")[0] ?? "") ? (at.split("/")[0] ?? "") : "",
    detail,
  }));
  const shown = own.length ? own : placed;
  const troubled = shown.length > 0 || Boolean(trouble);

  useEffect(() => {
    if (troubled) summary.current?.focus();
  }, [own, faults, trouble]);

  const id = (name: string) => `${prefix}-${name}`;
  const fault = (name: string) => shown.find(({ at }) => at === name)?.detail;
  const labelOf = (name: string) =>
    form.current?.querySelector(`label[for="${CSS.escape(id(name))}"]`)?.textContent ?? "";

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const target = event.currentTarget as HTMLFormElement;
    const found = [...target.elements].flatMap((element) => faultOf(element as Control, labelOf));
    setOwn(found);
    if (!found.length && !busy) onSubmit(new FormData(target, event.submitter), target);
  }

  return (
    <FormScope.Provider value={{ id, fault }}>
      <form ref={form} noValidate aria-label={label} aria-busy={busy} onSubmit={submit} {...rest}>
        {troubled && (
          <div ref={summary} class="error-summary notice" role="alert" tabIndex={-1}>
            <h2>{shown.length ? problems.summary(shown.length) : problems.notDone}</h2>
            {trouble && <p>{trouble}</p>}
            {shown.length > 0 && (
              <ul>
                {shown.map(({ at, detail }, index) => (
                  <li key={index}>
                    {at && labelOf(at) ? (
                      <FaultLink
                        id={id(at)}
                        words={own.length ? detail : problems.fault(labelOf(at), detail)}
                      />
                    ) : (
                      detail
                    )}
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
        {children}
      </form>
    </FormScope.Provider>
  );
}

function FaultLink({ id, words }: { id: string; words: string }) {
  const go = (event: MouseEvent) => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
  return (
    <a href={`#${id}`} onClick={go}>
      {words}
    </a>
  );
}

/** What the browser finds wrong with an answer, in our words. */
export function faultOf(control: Control, labelOf: (name: string) => string): Fault[] {
  const { validity, name } = control;
  if (!name || !validity || validity.valid) return [];
  const limit = (attribute: string) => control.getAttribute(attribute) ?? "";
  const detail = () => {
    if (control.dataset["wrong"]) return control.dataset["wrong"];
    if (validity.valueMissing)
      return control.type === "checkbox" ? problems.tick : problems.missing(labelOf(name));
    if (validity.typeMismatch) return control.type === "email" ? problems.email : problems.url;
    if (validity.tooLong) return problems.tooLong(Number(limit("maxlength")));
    if (validity.tooShort) return problems.tooShort(Number(limit("minlength")));
    if (validity.rangeUnderflow) return problems.tooLow(limit("min"));
    if (validity.rangeOverflow) return problems.tooHigh(limit("max"));
    return problems.wrong;
  };
  return [{ at: name, detail: detail() }];
}
