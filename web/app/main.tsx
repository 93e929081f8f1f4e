import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./global.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startMessages } from "../shared/i18n.ts";
import { Providers } from "./providers.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
await startMessages();
createRoot(root).render(
  <StrictMode>
    <Providers />
  </StrictMode>,
);
