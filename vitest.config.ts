import { defineConfig } from "vitest/config";

export default defineConfig({
  // `import … from "athanor"` means the sources here, without a build; tsconfig.json says the same to the compiler. The
  // other conditions are Vite's defaults, which this list replaces.
  ssr: { resolve: { conditions: ["athanor-source", "module", "node", "development|production"] } },
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/support/servers.ts",
    setupFiles: "test/support/seed.ts",
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
