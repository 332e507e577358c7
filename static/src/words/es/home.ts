// The first page.

import type { Words } from "../en";

export const home: Words["home"] = {
  title: "Reunirse, enseñar y decidir en común",
  lead: "Un enlace, nada que instalar. Inicie una sesión o únase a otra con su código.",
  greeting: (name) => `Hola, ${name}`,
  greetingHint: "Únase con un código o abra una de sus sesiones.",
  joinTitle: "Unirse a una sesión",
  joinHint: "Seis letras y cifras, las de su invitación.",
  mine: "Sus sesiones",
  parts: { live: "En vivo", today: "Hoy", next: "Próximamente", recent: "Recientes" },
  all: "Ver todas",
  emptyTitle: "Aún no hay sesiones",
  emptyHint: "Inicie una ahora o prográmela para más tarde. Recibirá un enlace para compartir.",
  points: [
    { title: "Usted decide quién entra", text: "Una sala de espera desde la que se admite con un clic." },
    { title: "No se pierde nada", text: "Si se corta la conexión, vuelve sola, con todo lo ocurrido mientras tanto." },
    { title: "Grabar requiere un sí", text: "Todos ven cuándo se graba, y se les pregunta antes." },
  ],
};
