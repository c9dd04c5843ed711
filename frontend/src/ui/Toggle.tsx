export type Option = { value: string; label: string };

type ToggleProps = {
  name: string;
  legend: string;
  /** The id of visible words that already name the question, instead of a hidden legend. */
  labelledBy?: string;
  options: readonly Option[];
  chosen?: string | null | undefined;
  disabled?: boolean;
  onChoose: (value: string) => void;
};

/** One of two to four, saved at once. */
export function Toggle({ name, legend, labelledBy, options, chosen, disabled, onChoose }: ToggleProps) {
  return (
    <fieldset aria-labelledby={labelledBy} disabled={disabled}>
      {!labelledBy && <legend class="visually-hidden">{legend}</legend>}
      <div class="toggle">
        {options.map(({ value, label }) => (
          <label key={value}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === chosen}
              onChange={() => onChoose(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
