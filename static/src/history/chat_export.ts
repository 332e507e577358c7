// The chat as a file to keep. Pure.

import type { MessageView } from "../contract/types";
import { nameOf } from "../words/person_name";

export type ExportFormat = "txt" | "csv" | "json";

export const MIME: Record<ExportFormat, string> = {
  txt: "text/plain",
  csv: "text/csv",
  json: "application/json",
};

export function exported(messages: readonly MessageView[], format: ExportFormat): string {
  if (format === "json") return `${JSON.stringify(messages, null, 2)}\n`;
  if (format === "csv") return csvOf(messages);
  return messages.map((each) => `[${each.sent_at}] ${oneLine(nameOf(each))}: ${each.text}\n`).join("");
}

function csvOf(messages: readonly MessageView[]): string {
  const head = ["seq", "sent_at", "participant_id", "name", "text", "edited_at", "deleted_at"];
  const rows = messages.map((each) => [
    String(each.seq),
    each.sent_at,
    each.participant_id,
    nameOf(each),
    each.text,
    each.edited_at ?? "",
    each.deleted_at ?? "",
  ]);
  // The mark lets spreadsheets read it as what it is: UTF-8.
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A cell that a spreadsheet takes for text, never for a formula, whatever somebody wrote or called themselves. */
export function cell(value: string): string {
  const safe = /^[\s]*[=+\-@]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** A name for a file that every system takes. */
export function fileName(title: string, format: ExportFormat): string {
  const plain = title
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80);
  return `${plain || "chat"}.${format}`;
}
