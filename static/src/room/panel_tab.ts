/** The parts of the side panel. */
export type PanelTab = "people" | "waiting" | "chat" | "polls";
