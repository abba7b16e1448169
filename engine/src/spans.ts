// Lengths of time in milliseconds; the engine knows no other unit.

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The last moment a JavaScript Date can name (ECMA-262 21.4.1.1); an end beyond it is no end. */
export const END_OF_TIME = 8.64e15;
