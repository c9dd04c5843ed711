// “Firefox on Windows” out of what a browser says of itself.

const browsers: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/OPR\/|Opera/, "Opera"],
  [/SamsungBrowser/, "Samsung Internet"],
  [/Firefox\/|FxiOS/, "Firefox"],
  [/Chrome\/|CriOS/, "Chrome"],
  [/Safari\//, "Safari"],
];

const systems: [RegExp, string][] = [
  [/iPhone|iPad|iPod/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];

const first = (table: [RegExp, string][], agent: string): string | undefined =>
  table.find(([pattern]) => pattern.test(agent))?.[1];

/** The browser and the system it runs on, as far as the agent tells; undefined when it tells neither. */
export function deviceOf(
  agent: string | null,
  on: (browser: string, system: string) => string,
): string | undefined {
  const browser = first(browsers, agent ?? "");
  const system = first(systems, agent ?? "");
  return browser && system ? on(browser, system) : (browser ?? system);
}
