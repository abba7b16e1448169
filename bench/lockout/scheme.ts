// What every lockout scheme under test must answer, ours and the others alike.

/** The right password, the former one, the person's others (2 to 5), and caps lock; unique ones lie above. */
export const RIGHT = 0;
export const FORMER = 1;
export const OTHERS = 2;
export const CAPS_LOCK = 6;
export const UNIQUE = 16;

export type Answer = 'in' | 'wrong' | 'locked' | 'prove';

export interface Try {
  person: number;
  at: number;
  /** The cookie's device, or -1 without a cookie. */
  device: number;
  /** A device that will carry a cookie after success; -1 in a private window. */
  becomes: number;
  network: string;
  secret: number;
  listed: boolean;
  /** Probability mass of a listed password. */
  mass: number;
  /** Part of an attack on this one account: the others, and the weather over them, are not part of the trial. */
  lone: boolean;
}

/** A try by nobody, from nowhere, to be filled in. */
export const BLANK: Try = {
  person: 0,
  at: 0,
  device: -1,
  becomes: -1,
  network: '',
  secret: RIGHT,
  listed: false,
  mass: 0,
  lone: false,
};

/** What a scheme is told about a person before the first day. */
export interface Settled {
  readonly devices: readonly number[];
  readonly networks: readonly string[];
}

export interface Scheme {
  /** After `locked`: the moment it opens; Infinity when somebody has to act. */
  until: number;
  /** Whether a locked owner can prove himself at once by other means. */
  readonly offersProof: boolean;
  settle(person: number, known: Settled): void;
  attempt(attempt: Try): Answer;
  /** The owner has proved himself from this device and network. */
  prove(person: number, at: number, device: number, network: string): void;
  /** The owner changed the password, signed in or recovered. */
  change(person: number, at: number): void;
  /** An owner ran into a lock that does not end by itself; returns when an administrator will have lifted it. */
  complain(person: number, at: number): number;
  /** A day is over. */
  night(at: number): void;
}
