import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
/** Development only: where a running Reed answers, e.g. `REED_URL=http://127.0.0.1:8080 npx vite --config web/vite.config.ts`. */
const reed = process.env["REED_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  root: here,
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL("../dist/web", import.meta.url)),
    emptyOutDir: true,
    // an inlined asset would be refused by the content security policy
    assetsInlineLimit: 0,
    manifest: true,
    target: "es2022",
    // light-dark() as it stands: rewritten for older browsers it has no colour at all under Mantine's own scheme
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { "/api": { target: reed, ws: true }, "/health": reed } },
});
