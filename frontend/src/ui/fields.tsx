import type { ComponentChildren, ComponentProps } from "preact";
import { useId } from "preact/hooks";
import { useField } from "./form";
import type { Option } from "./Toggle";

type Question = {
  name: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  /** Our words for an answer the browser finds wrong, when its kind does not say enough. */
  wrong?: string;
};

function Frame({ name, label, hint, children }: Question & { children: ComponentChildren }) {
  const { id, fault } = useField(name);
  return (
    <div class={fault ? "field wrong" : "field"}>
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault && (
        <p class="error" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      {children}
    </div>
  );
}

function useWiring(name: string, hint: unknown, wrong?: string) {
  const { id, fault } = useField(name);
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(" ");
  return {
    id,
    name,
    "aria-describedby": described || undefined,
    "aria-invalid": fault ? true : undefined,
    "data-wrong": wrong,
  };
}

type InputProps = Question & {
  type?: "text" | "email" | "password" | "number" | "date" | "time" | "url";
  class?: string;
  autocomplete?: string;
  defaultValue?: string;
  min?: string;
  max?: string;
  required?: boolean;
  maxLength?: number;
  minLength?: number;
};

export function TextField({ name, label, hint, wrong, ...rest }: InputProps) {
  const wiring = useWiring(name, hint, wrong);
  return (
    <Frame name={name} label={label} hint={hint}>
      <input {...wiring} {...(rest as ComponentProps<"input">)} />
    </Frame>
  );
}

type AreaProps = Question & {
  defaultValue?: string;
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  rows?: number;
};

export function TextArea({ name, label, hint, wrong, ...rest }: AreaProps) {
  const wiring = useWiring(name, hint, wrong);
  return (
    <Frame name={name} label={label} hint={hint}>
      <textarea {...wiring} {...rest} />
    </Frame>
  );
}

type SelectProps = Question & {
  options: readonly Option[];
  chosen?: string | undefined;
  class?: string;
  onChange?: (value: string) => void;
};

export function Select({ name, label, hint, wrong, options, chosen, onChange, ...rest }: SelectProps) {
  const wiring = useWiring(name, hint, wrong);
  return (
    <Frame name={name} label={label} hint={hint}>
      <select {...wiring} {...rest} onChange={(event) => onChange?.(event.currentTarget.value)}>
        {options.map(({ value, label: words }) => (
          <option key={value} value={value} selected={value === chosen}>
            {words}
          </option>
        ))}
      </select>
    </Frame>
  );
}

type ChoiceProps = {
  name: string;
  value?: string;
  label: ComponentChildren;
  checked?: boolean;
  required?: boolean;
  type?: "checkbox" | "radio";
  wrong?: string;
};

/** A box to tick, with words beside it. */
export function Choice({ name, value, label, checked, required, type = "checkbox", wrong }: ChoiceProps) {
  const { id, fault } = useField(name);
  const own = value === undefined ? id : `${id}-${value}`;
  return (
    <>
      {fault && (
        <p class="error" id={`${own}-fault`}>
          {fault}
        </p>
      )}
      <label class="choice" for={own}>
        <input
          id={own}
          type={type}
          name={name}
          value={value ?? "yes"}
          defaultChecked={checked}
          required={required}
          data-wrong={wrong}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? `${own}-fault` : undefined}
        />
        <span>{label}</span>
      </label>
    </>
  );
}

type ChoicesProps = Question & {
  options: readonly Option[];
  chosen?: readonly string[];
  type?: "checkbox" | "radio";
};

/** A question with several boxes. */
export function Choices({ name, label, hint, options, chosen = [], type = "checkbox" }: ChoicesProps) {
  const hintId = useId();
  return (
    <fieldset class="field" aria-describedby={hint ? hintId : undefined}>
      <legend>{label}</legend>
      {hint && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
      <div class="choices">
        {options.map(({ value, label: words }) => (
          <Choice
            key={value}
            type={type}
            name={name}
            value={value}
            label={words}
            checked={chosen.includes(value)}
          />
        ))}
      </div>
    </fieldset>
  );
}
