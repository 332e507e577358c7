import { render } from "preact";

import { App } from "./app";
import { ClientContext, createClient } from "./client";
import { keepFocus } from "./design/keep_focus";

const root = document.getElementById("app");
if (!root) throw new Error("The page has no element with the id app.");

keepFocus(document);
const client = createClient();
render(
  <ClientContext.Provider value={client}>
    <App />
  </ClientContext.Provider>,
  root,
);
void client.account.restore();
