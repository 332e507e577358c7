import { render } from "preact";

import { App } from "./app";
import { ClientContext, createClient } from "./client";
import { keepFocus } from "./design/keep_focus";
import { showTips } from "./design/tips";

const root = document.getElementById("app");
if (!root) throw new Error("The page has no element with the id app.");

keepFocus(document);
showTips(document);
const client = createClient();
void client.account.restore();
await client.language.isReady;
render(
  <ClientContext.Provider value={client}>
    <App />
  </ClientContext.Provider>,
  root,
);
