// The calls the pages know, as types only: what goes out and what comes back. Paths stand under /api/v1.
import type { Api } from '@latchkey/server/contract';

export type Role = 'administrator' | 'manager' | 'rep' | 'auditor';
export type Person = { id: string; name: string; email: string; role: Role; language?: string | null };

export type WayOut = {
  kind: 'wait' | 'email-code' | 'recovery' | 'administrator' | 'support' | (string & {});
  href?: string;
  note?: string;
};

export type Lock = {
  id?: string;
  cause: string;
  scope: string[];
  since: string;
  until: string | null;
  waysOut: WayOut[];
  normal?: boolean | null;
};

export type Proof = { kind: string; hint?: string };
export type SignInReply =
  | { kind: 'signed-in'; user: Person }
  | { kind: 'proof-needed'; flow: string; proofs: Proof[] };

export type SignInEvent = { at: string; outcome: string; label?: string; address?: string | null };
export type Status = {
  user: Person;
  state: string;
  locks: Lock[];
  devices: number;
  sessions: number;
  recentSignIns: SignInEvent[];
};
export type Me = {
  user: Person;
  workspace: { id: string; name: string };
  capabilities: string[];
  locks: Lock[];
};
export type Message = {
  id: string;
  to: string;
  channel: string;
  subject: string | null;
  body: string;
  at: string;
  state: string;
};

type Items<T> = { items: T[]; next?: string | null };

/** Calls of rooms whose contract the server does not state yet; its own statement wins as soon as it stands. */
type Expected = {
  'GET /setup': { reply: { needed: boolean; demo: boolean; outbox: boolean } };
  'POST /setup': {
    body: { workspace: string; name: string; email: string; password: string; language: string };
    reply: { kind: 'signed-in'; user: Person };
  };
  'GET /session': { reply: Me };
  'POST /session': { body: { name: string; password: string; remember?: boolean }; reply: SignInReply };
  'DELETE /session': { reply: undefined };
  'POST /session/messages': { body: { flow: string; kind: string }; reply: unknown };
  'POST /session/proofs': { body: { flow: string; kind: string; code: string }; reply: SignInReply };
  'POST /recovery': { body: { name: string; via: 'email' | 'sms' }; reply: { flow: string } };
  'POST /recovery/proofs': { body: { flow: string; code: string }; reply: { kind: 'proved'; flow: string } };
  'POST /recovery/password': { body: { flow: string; password: string }; reply: undefined };
  'GET /outbox': { query?: { to?: string }; reply: Items<Message> };
  'GET /status': { reply: Status };
  'POST /me/password': { body: { current: string; next: string }; reply: undefined };
};

export type Calls = Api & Omit<Expected, keyof Api>;
