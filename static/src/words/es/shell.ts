// The frame of every page, what buttons say, and what went wrong.

import type { Words } from "../en";

export const actions: Words["actions"] = {
  cancel: "Cancelar",
  close: "Cerrar",
  dismiss: "Descartar",
  back: "Atrás",
  save: "Guardar",
  edit: "Editar",
  delete: "Eliminar",
  retry: "Reintentar",
  undo: "Deshacer",
  copyLink: "Copiar enlace",
  linkCopied: "Enlace copiado",
  copyFailed: "El navegador no ha permitido copiar. Selecciónelo y cópielo a mano.",
  loadMore: "Mostrar más",
  for: (name) => `Acciones para ${name}`,
};

export const errors: Words["errors"] = {
  offline: "No hay conexión con el servidor. Compruebe su red y vuelva a intentarlo.",
  timedOut: "El servidor ha tardado demasiado en responder. Vuelva a intentarlo.",
  unreadable: "No se ha podido leer la respuesta del servidor. Vuelva a intentarlo en un momento.",
  unexpectedTitle: "Esto no debería haber pasado",
  unexpected: "Algo ha fallado aquí. Recargue la página.",
  reload: "Recargar la página",
  notFoundTitle: "Aquí no hay nada",
  notFound: "Puede que la dirección tenga un error o que lo que había aquí ya no exista.",
  loadFailed: "No se ha podido cargar",
};

export const shell: Words["shell"] = {
  opening: "Cargando…",
  skip: "Ir al contenido",
  navigation: "Principal",
  home: "Inicio",
  sessions: "Sesiones",
  newSession: "Nueva sesión",
  admin: "Gestión",
  account: "Cuenta",
  signIn: "Acceder",
  register: "Crear cuenta",
  signOut: "Salir de la cuenta",
  signedInAs: (email) => `Cuenta: ${email}`,
  theme: "Aspecto",
  themes: { system: "Sistema", light: "Claro", dark: "Oscuro" },
  language: "Idioma",
  notifications: "Notificaciones",
};
