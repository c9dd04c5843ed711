import { expect, it } from "vitest";
import { deviceOf } from "./device";

const on = (browser: string, system: string) => `${browser} on ${system}`;

it("names browser and system, and says nothing about what it does not know", () => {
  const edge =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0";
  const safari =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
  expect(deviceOf(edge, on)).toBe("Edge on Windows");
  expect(deviceOf(safari, on)).toBe("Safari on iOS");
  expect(deviceOf("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", on)).toBe(
    "Firefox on Linux",
  );
  expect(deviceOf("curl/8", on)).toBeUndefined();
  expect(deviceOf(null, on)).toBeUndefined();
});
