// How the chain is computed: each hash covers the one before, the place, and every field of the entry.
import { createHash } from 'node:crypto';

export type Sealable = {
  id: string;
  at: string;
  actor_id: string | null;
  actor_name: string | null;
  action: string;
  object_type: string | null;
  object_id: string | null;
  address: string | null;
  device: string | null;
  correlation_id: string | null;
  /** The jsonb columns in PostgreSQL's own text form, which is the same for equal values. */
  before: string | null;
  after: string | null;
  details: string | null;
};

/** The hash before the first entry, different for every workspace. */
export function firstHash(workspaceId: string): Buffer {
  return createHash('sha256').update(`latchkey audit ${workspaceId}`).digest();
}

/** SHA-256 over the previous hash, the sequence number and the entry's fields. */
export function chainHash(previous: Buffer, seq: number, e: Sealable): Buffer {
  const fields = [
    seq,
    e.id,
    e.at,
    e.actor_id,
    e.actor_name,
    e.action,
    e.object_type,
    e.object_id,
    e.address,
    e.device,
    e.correlation_id,
    e.before,
    e.after,
    e.details,
  ];
  return createHash('sha256').update(previous).update(JSON.stringify(fields)).digest();
}
