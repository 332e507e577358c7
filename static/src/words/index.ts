// The words of the language that the page is shown in.

import { en } from "./en";

export type Words = typeof en;

export const words: Words = en;
