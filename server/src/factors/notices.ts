// What a factor's coming, going and use leave behind: an entry in the journal and a letter to its owner.
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import type { Me, Visitor } from '../http.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import * as staff from '../staff/staff.ts';
import type { World } from '../world.ts';
import { type ProofKind, registry } from './registry.ts';

export type By = { me: Pick<Me, 'id' | 'name'> | null; visitor: Visitor | null };
type Which = { kind: ProofKind; id?: string; name?: string };

/** Writes an entry about one person's factor. */
export async function note(
  world: World,
  what: 'add' | 'remove' | 'use' | 'rename' | 'refuse',
  personId: string,
  factor: Which & { why?: string; left?: number },
  by: By,
): Promise<void> {
  await audit.record(world, {
    action: `factor.${what}`,
    by: by.me,
    visitor: by.visitor,
    object: { type: 'person', id: personId },
    details: factor,
  });
}

/** Tells the owner by mail that a factor was added or removed. */
export async function tell(
  world: World,
  template: 'factor-added' | 'factor-removed',
  personId: string,
  factor: Which,
  by: By,
): Promise<void> {
  const person = await staff.byId(world, personId);
  if (!person?.email_verified_at) return;
  const language = person.language as Language;
  const { visitor } = by;
  await messages.post(world, {
    to: person.email,
    personId,
    channel: 'email',
    template,
    language,
    data: {
      name: person.name,
      kind: registry[factor.kind].words[language],
      called: factor.name ?? '',
      by: by.me && by.me.id !== personId ? by.me.name : '',
      ...(visitor ? { device: devices.deviceLabel(visitor.userAgent), address: visitor.address } : {}),
    },
  });
}

/** Tells the owner that a recovery code was used, and how many are left. */
export async function tellCodeUsed(
  world: World,
  personId: string,
  input: { left: number; visitor: Visitor },
): Promise<void> {
  const person = await staff.byId(world, personId);
  if (!person?.email_verified_at) return;
  const { visitor } = input;
  await messages.post(world, {
    to: person.email,
    personId,
    channel: 'email',
    template: 'recovery-code-used',
    language: person.language as Language,
    data: {
      name: person.name,
      left: String(input.left),
      device: devices.deviceLabel(visitor.userAgent),
      address: visitor.address,
    },
  });
}
