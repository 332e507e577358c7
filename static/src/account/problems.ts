import { ConveneError } from "../net/error";

/** What to write beside the field of the current password, if that is what was refused. */
export function passwordProblem(error: unknown): string | undefined {
  return error instanceof ConveneError && error.code === "WRONG_PASSWORD" ? error.message : undefined;
}
