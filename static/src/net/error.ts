// Every way in which the server says no, and the three in which it says nothing.

import type { Say } from "../words/say";
import { reasonsOf, sentenceOf } from "./refusal";

export interface FieldError {
  field: string;
  reason: string;
}

export interface ErrorBody {
  statusCode: number;
  errorCode: string;
  message: string;
  details?: Record<string, unknown> | null;
}

/** The link is down, so nothing was sent, or its answer can no longer come. */
export const DISCONNECTED = "DISCONNECTED";
/** No answer within the time allowed: it may or may not have happened. */
export const TIMED_OUT = "TIMED_OUT";
/** Something answered that is not Convene. */
export const UNREADABLE = "UNREADABLE";

const SILENT = new Set([DISCONNECTED, TIMED_OUT, UNREADABLE]);

export class ConveneError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Record<string, unknown>;

  /** As the server said it. */
  readonly body: ErrorBody;

  readonly #say: Say;

  constructor(body: ErrorBody, say: Say = () => sentenceOf(body)) {
    super();
    this.body = body;
    this.#say = say;
    this.name = "ConveneError";
    this.status = body.statusCode;
    this.code = body.errorCode;
    this.details = body.details ?? {};
  }

  /** In the reader's language, also after it has changed. */
  override get message(): string {
    return this.#say();
  }

  /** Where the server has said nothing. */
  static of(code: string, say: Say): ConveneError {
    return new ConveneError({ statusCode: 0, errorCode: code, message: "" }, say);
  }

  /** The server has not said no: the same may be tried again. */
  get isSilence(): boolean {
    return SILENT.has(this.code) || this.status === 503;
  }

  /** What is wrong with which field, by the field's name. */
  get fields(): Record<string, string> {
    const errors = this.details.errors;
    if (!Array.isArray(errors)) return {};
    return reasonsOf(errors as FieldError[]);
  }
}

export function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === "object" && body !== null && "errorCode" in body && "message" in body;
}
