// All parts in all states, in every theme beside each other. For those who work on Convene; its words are samples and
// in no catalogue, as it is never shipped.

import { render } from "preact";

import { ClientContext, createClient } from "../client";
import { keepFocus } from "../design/keep_focus";
import { showTips } from "../design/tips";
import { ToastList } from "../design/toast_list";
import { Actions } from "./actions";
import { Data } from "./data";
import { Fields } from "./fields";
import { Foundations } from "./foundations";
import { Notices } from "./notices";
import { Overlays } from "./overlays";

const THEMES = [
  { name: "Light", theme: "light", contrast: "normal" },
  { name: "Dark", theme: "dark", contrast: "normal" },
  { name: "Light, high contrast", theme: "light", contrast: "more" },
  { name: "Dark, high contrast", theme: "dark", contrast: "more" },
];

function DesignPage() {
  return (
    <>
      <header class="design-head">
        <h1>Design</h1>
        <p class="quiet">Every part in every state. What opens shows in the theme of your system.</p>
      </header>
      <main class="design-themes">
        {THEMES.map(({ name, theme, contrast }) => (
          <section key={name} class="design-theme" aria-label={name} data-theme={theme} data-contrast={contrast}>
            <h2>{name}</h2>
            <Foundations />
            <Actions />
            <Fields />
            <Notices />
            <Overlays />
            <Data theme={name} />
          </section>
        ))}
      </main>
      <ToastList />
    </>
  );
}

const root = document.getElementById("app");
if (!root) throw new Error("The page has no element with the id app.");
keepFocus(document);
showTips(document);
render(
  <ClientContext.Provider value={createClient()}>
    <DesignPage />
  </ClientContext.Provider>,
  root,
);
