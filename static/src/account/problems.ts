import { ConveneError } from "../net/error";

/** What to write beside the field of the current password, if that is what was refused. */
export function passwordProblem(error: unknown): string | undefined {
  return error instanceof ConveneError && error.code === "WRONG_PASSWORD" ? error.message : undefined;
}

/** What to write beside the field of a first password, if one signed in too long ago to set it. */
export function tooLate(error: unknown): string | undefined {
  return error instanceof ConveneError && error.code === "SIGN_IN_AGAIN" ? error.message : undefined;
}
