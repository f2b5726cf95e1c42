import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // The same files are served by the desktop window and by the bridge under any path.
  base: "./",
  plugins: [svelte()],
  clearScreen: false,
  server: {
    port: 5173,
    strictPort: true,
    // `quay serve` on its usual port answers the calls while the screens are developed here.
    proxy: { "/api": "http://127.0.0.1:4750", "/api-events": "http://127.0.0.1:4750" },
  },
  build: { target: "es2022", outDir: "dist", assetsInlineLimit: 0, chunkSizeWarningLimit: 1200 },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
  resolve: process.env.VITEST ? { conditions: ["browser"] } : undefined,
});
