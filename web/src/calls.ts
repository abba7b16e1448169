// The calls the pages know, as the server's contract states them, and the shapes that pages name often.
import type { Api } from '@latchkey/server/contract';

export type Calls = Api;

export type SignInReply = Calls['POST /session']['reply'];
export type Person = Extract<SignInReply, { kind: 'signed-in' }>['user'];
export type Proof = Extract<SignInReply, { kind: 'proof-needed' }>['proofs'][number];
export type Lock = Calls['GET /session']['reply']['locks'][number];
export type Story = Calls['POST /session/story']['reply'];
export type StaleClient = Story['staleClients'][number];
export type WayOut = Lock['waysOut'][number];
export type Message = Calls['GET /outbox']['reply']['items'][number];
export type Role = Person['role'];
