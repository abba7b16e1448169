// The sealed kit (应急恢复包): what an administrator prints and rehearses, to be able to break the glass one day (L15).
import * as audit from '../audit/audit.ts';
import * as factors from '../factors/factors.ts';
import type { Me, Visitor } from '../http.ts';
import * as staff from '../staff/staff.ts';
import { atomically, moment, type World } from '../world.ts';
import * as store from './store.ts';

type By = { me: Me; visitor: Visitor };

/** How far this administrator has come: recovery codes drawn, kit printed, one code tried. */
export async function stateOf(world: World, me: Pick<Me, 'id' | 'role'>) {
  const [steps, own] = await Promise.all([store.kitSteps(world, me.id), factors.own(world, me)]);
  const madeAt = own.codes?.madeAt ?? null;
  // What was printed or tried before the newest codes were drawn is worth nothing any more.
  const at = (step: 'printed' | 'rehearsed') =>
    steps.find(one => one.step === step && madeAt !== null && one.at >= madeAt)?.at ?? null;
  return {
    codesLeft: own.codes?.left ?? 0,
    codesMadeAt: madeAt,
    printedAt: at('printed'),
    rehearsedAt: at('rehearsed'),
  };
}

/** Notes that the kit was printed; the codes on it are worth something only while they are the newest. */
export async function printed(world: World, { me, visitor }: By): Promise<{ kind: 'noted' | 'no-codes' }> {
  if ((await stateOf(world, me)).codesLeft === 0) return { kind: 'no-codes' };
  return atomically(world, async tx => {
    await store.keepStep(tx, { personId: me.id, step: 'printed', at: moment(tx) });
    await audit.record(tx, { action: 'kit.printed', by: me, visitor, object: { type: 'person', id: me.id } });
    return { kind: 'noted' };
  });
}

/** Tries one code of the kit in earnest: it is used up, as it would be on the day it is needed. */
export async function rehearse(world: World, code: string, { me, visitor }: By): Promise<factors.Tried> {
  const person = await staff.byId(world, me.id);
  const tried = await factors.prove(world, visitor, {
    person,
    name: person?.sign_in_name ?? '',
    by: 'knownDevice',
    kind: 'recovery-code',
    code,
  });
  if (tried.kind !== 'right') return tried;
  await atomically(world, async tx => {
    await store.keepStep(tx, { personId: me.id, step: 'rehearsed', at: moment(tx) });
    const object = { type: 'person', id: me.id };
    await audit.record(tx, { action: 'kit.rehearsed', by: me, visitor, object });
  });
  return tried;
}
