// How strong a password would be, for the page on which it is typed: nothing is kept, written down or hashed.
import type { World } from '../world.ts';
import { passwordPolicy } from './password-policy.ts';
import type { PasswordFault } from './rules.ts';
import { commonness, passwordFault } from './staff.ts';

/** 0: will not do; 1: just so; 2: good; 3: very good. */
export type Strength = { score: 0 | 1 | 2 | 3; fault: PasswordFault | null };

/** The company's own words count only where somebody is signed in: strangers are not to find them by trying. */
export async function strength(
  world: World,
  password: string,
  of: { name: string; email: string; signedIn: boolean },
): Promise<Strength> {
  const policy = await passwordPolicy(world);
  const names = [of.name, of.email.split('@')[0] ?? ''].filter(Boolean);
  const fault =
    passwordFault(password, names, policy.least) ??
    (await commonness(world, password, policy, of.signedIn ? policy.words : []));
  if (fault) return { score: 0, fault };
  return { score: scoreOf(password), fault: null };
}

/**
 * By length and variety alone, as what is common has been sorted out: Shannon bits of the characters' own spread, a
 * Chinese character counting for two letters.
 */
export function scoreOf(password: string): 1 | 2 | 3 {
  const characters = [...password.normalize('NFKC')];
  const counts = new Map<string, number>();
  for (const one of characters) counts.set(one, (counts.get(one) ?? 0) + 1);
  const each = [...counts.values()].reduce(
    (sum, n) => sum - (n / characters.length) * Math.log2(n / characters.length),
    0,
  );
  const wide = characters.filter(one => /\p{Script=Han}/u.test(one)).length;
  const bits = each * (characters.length + wide);
  return bits >= 62 ? 3 : bits >= 46 ? 2 : 1;
}

type Source = { left: number; at: number };
const perMinute = 120;
const most = 20_000;
const sources = new WeakMap<object, Map<string, Source>>();

/** Whether this source may ask once more: two a second on the whole, counted in this process alone. */
export function mayAskStrength(world: World, source: string): boolean {
  let known = sources.get(world.signals);
  if (!known) {
    known = new Map();
    sources.set(world.signals, known);
  }
  const now = world.now();
  const before = known.get(source) ?? { left: perMinute, at: now };
  const left = Math.min(perMinute, before.left + (Math.max(0, now - before.at) / 60_000) * perMinute);
  if (known.size >= most) known.clear();
  known.set(source, { left: Math.max(0, left - 1), at: now });
  return left >= 1;
}
