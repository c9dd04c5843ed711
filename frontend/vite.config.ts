import { defineConfig } from "vitest/config";

export default defineConfig({
  build: {
    target: "es2022",
    manifest: true,
    // A data: URL would be refused by the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // While developing, the API runs beside Vite and calls to it pass through.
  server: { proxy: { "/v1": "http://127.0.0.1:8000" } },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
});
