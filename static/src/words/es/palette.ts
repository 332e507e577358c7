// Doing something by its name or by a key.

import type { Words } from "../en";
import { number } from "../count";

export const palette: Words["palette"] = {
  title: "Comandos",
  open: "Buscar…",
  placeholder: "Escriba un comando, una sesión o un código",
  results: "Resultados",
  nothing: (typed) => `Nada se llama «${typed}»`,
  nothingHint: "Pruebe con menos letras o con otra palabra.",
  found: (n) => (n === 1 ? "1 resultado" : `${number(n)} resultados`),
  looking: "Buscando sesiones…",
  lookFailed: "Ahora no se pudieron buscar las sesiones.",
  move: "mover",
  choose: "elegir",
  close: "cerrar",
  groups: {
    room: "Esta sala",
    go: "Ir a",
    sessions: "Sesiones",
    page: "Esta página",
    appearance: "Aspecto",
    language: "Idioma",
    account: "Cuenta",
  },
  goTo: (place) => `Ir a ${place}`,
  join: (code) => `Unirse a ${code}`,
  theme: (name) => `Aspecto: ${name}`,
  themeAlso: "colores modo claro oscuro noche",
  language: (name) => `Idioma: ${name}`,
  showChat: "Mostrar el chat",
  showPeople: "Mostrar las personas",
  showWaiting: "Mostrar quién espera",
};

export const shortcuts: Words["shortcuts"] = {
  title: "Atajos de teclado",
  palette: "Abrir los comandos",
  help: "Mostrar los atajos",
  everywhere: "En todas partes",
  singleKeys: "Teclas sueltas",
  singleKeysHint: "Teclas sin Ctrl ni ⌘. Desactívelas si dicta o si le estorban.",
};
