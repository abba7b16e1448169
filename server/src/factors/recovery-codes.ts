// Recovery codes: ten of them on paper, each good once, for the day on which phone and mail are out of reach.
import type { LaneKind } from '@latchkey/engine';
import { moment, type World } from '../world.ts';
import { counted, nobody, type Tried } from './counted.ts';
import * as store from './store.ts';

const codeCount = 10;

// 32 letters and digits that nobody mistakes for one another: five bits each, twenty-four of them 120 bits, which needs
// no slow hash (ASVS 5.0 6.5.2: from 112 bits on).
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const length = 24;

/** Draws ten new codes; all earlier ones are dead. They are shown now and never again. */
export async function make(world: World, personId: string): Promise<string[]> {
  const codes = Array.from({ length: codeCount }, () => draw(world));
  await store.replaceCodes(
    world,
    personId,
    codes.map(code => ({
      workspace_id: world.workspaceId,
      id: world.random.id(),
      person_id: personId,
      code_hash: hash(world, personId, code),
      created_at: moment(world),
    })),
  );
  return codes.map(code => code.match(/.{4}/g)?.join('-') ?? code);
}

/** Tries a recovery code; it is used up by one statement, so that of fifty at once one passes (L24). */
export async function prove(
  world: World,
  input: {
    personId: string | null;
    name: string;
    by: LaneKind;
    code: string;
    fits: () => Promise<boolean>;
  },
  used: (tx: World, left: number) => Promise<void>,
): Promise<Tried> {
  const personId = input.personId ?? nobody;
  return counted(world, { kind: 'recovery-code', by: input.by, whose: input.name }, async () => {
    const row = await store.codeBy(world, personId, hash(world, personId, tidy(input.code)));
    if (!row) return null;
    if (!(await input.fits())) return 'dead';
    const take = async (tx: World) => {
      const mine = await store.takeCode(tx, row.id, moment(tx));
      if (mine) await used(tx, Number((await store.codesOf(tx, personId)).left));
      return mine;
    };
    return { personId, take };
  });
}

function draw(world: World): string {
  const bytes = world.random.bytes(length);
  return [...bytes].map(byte => letters[byte & 31]).join('');
}

/** What was typed, as it was printed: whatever the case, the width, the dashes. */
function tidy(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
}

function hash(world: World, personId: string, code: string): Buffer {
  return world.secrets.mac('factor', `recovery ${personId} ${code}`);
}
