import { useState } from "preact/hooks";
import { shell } from "../text/en/shell";
import { Toggle } from "./Toggle";

const themes = ["system", "light", "dark"] as const;

function remember(theme: string): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}

/** Light, dark, or as the device says. The choice stays on this device. */
export function ThemeChoice() {
  const [theme, setTheme] = useState(document.documentElement.dataset["theme"] ?? "system");
  return (
    <Toggle
      name="theme"
      legend={shell.colours}
      options={themes.map((value) => ({ value, label: shell.themes[value] }))}
      chosen={theme}
      onChoose={(value) => {
        remember(value);
        setTheme(value);
      }}
    />
  );
}
