import { defineConfig } from "vitest/config";

// "standin", as the examples name it, is the sources and no build of them.
const conditions = ["standin-source", "node", "import", "module", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "examples/**/*.test.ts"],
    testTimeout: 20_000,
    maxConcurrency: 24,
    maxWorkers: "100%",
  },
});
