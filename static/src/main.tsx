import { render } from "preact";

import { App } from "./app";
import { ClientContext, createClient } from "./client";

const root = document.getElementById("app");
if (!root) throw new Error("The page has no element with the id app.");

const client = createClient();
render(
  <ClientContext.Provider value={client}>
    <App />
  </ClientContext.Provider>,
  root,
);
void client.account.restore();
