// Every kind of proof there is: how its tries are counted, what it is worth, what it is called (L7).
import { CEILINGS, FACTOR_RULES, type LaneKind, type LaneRules, proofRules } from '@latchkey/engine';
import type { Language } from '../problems.ts';

export type ProofKind =
  | 'email-code'
  | 'sms-code'
  | 'totp'
  | 'passkey'
  | 'recovery-code'
  | 'desk-code'
  | 'security-answers';

export type ProofDeclaration = {
  /** The budget of tries; without one the server does not start. */
  counter: (by: LaneKind) => LaneRules;
  /** Whose tries share a budget: all of one account, or those with one credential, whose name cannot be guessed. */
  per: 'account' | 'credential';
  offered: boolean;
  /** Counts as a second factor besides the password. */
  second: boolean;
  /** Signs in without a password: something one has, opened by something one knows or is. */
  alone: boolean;
  phishingResistant: boolean;
  /** Weaker than the others of its sort; people are told so. */
  restricted?: boolean;
  /** The order in which people are offered the kinds: the strongest first. */
  weight: number;
  words: Record<Language, string>;
};

export type Registry = Readonly<Record<string, ProofDeclaration>>;

const usual = { counter: proofRules, per: 'account', offered: true, alone: false } as const;

export const registry = {
  passkey: {
    ...usual,
    per: 'credential',
    second: true,
    alone: true,
    phishingResistant: true,
    weight: 4,
    words: { en: 'passkey', 'zh-CN': '通行密钥' },
  },
  totp: {
    ...usual,
    second: true,
    phishingResistant: false,
    weight: 3,
    words: { en: 'authenticator', 'zh-CN': '身份验证器' },
  },
  'email-code': {
    ...usual,
    second: false,
    phishingResistant: false,
    weight: 2,
    words: { en: 'code by e-mail', 'zh-CN': '邮箱验证码' },
  },
  'sms-code': {
    ...usual,
    // Counts once its owner has made the phone a factor. Weaker than the others: NIST SP 800-63B-4 3.1.3.3 calls codes over
    // the telephone network restricted, as numbers are taken over and messages read on the way.
    second: true,
    restricted: true,
    phishingResistant: false,
    weight: 1,
    words: { en: 'code by text message', 'zh-CN': '短信验证码' },
  },
  'recovery-code': {
    ...usual,
    second: true,
    phishingResistant: false,
    weight: 0,
    words: { en: 'recovery code', 'zh-CN': '恢复码' },
  },
  // Handed out by an administrator who has identified the person: it opens a device, as a mailed code does.
  'desk-code': {
    ...usual,
    second: false,
    phishingResistant: false,
    weight: -1,
    words: { en: 'code from an administrator', 'zh-CN': '管理员解锁码' },
  },
  // Offered to nobody as a way in: one more step of a recovery, where a workspace insists (OWASP ASVS 5.0 6.4.2).
  'security-answers': {
    ...usual,
    offered: false,
    second: false,
    phishingResistant: false,
    restricted: true,
    weight: -2,
    words: { en: 'security questions', 'zh-CN': '安全问题' },
  },
} as const satisfies Record<ProofKind, ProofDeclaration>;

/** The kinds that strangers are told of, for every name the same (L10); the strongest first. */
export const offered = (Object.keys(registry) as ProofKind[])
  .filter(kind => registry[kind].offered)
  .sort((a, b) => registry[b].weight - registry[a].weight);

/** Those of this installation: with a mail server and no service for text messages, none is promised. */
export function offeredHere(world: {
  mail: { configured: boolean };
  sms: { configured: boolean };
}): ProofKind[] {
  const hasSms = world.sms.configured || !world.mail.configured;
  return hasSms ? offered : offered.filter(kind => kind !== 'sms-code');
}

/** NIST SP 800-63B-4 3.2.2: at most 100 consecutive failed attempts on one account. */
const most = 100;
// The alarm replaces the lane of strangers, so it takes no share of its own.
const shares: LaneKind[] = ['knownDevice', 'familiarNetwork', 'strangers'];

/** Throws for a kind that nobody counts, or that allows more than NIST does: such a server must not start (L7). */
export function checkRegistry(kinds: Registry): void {
  for (const [kind, declared] of Object.entries(kinds)) {
    const { counter } = declared as Partial<ProofDeclaration>;
    if (typeof counter !== 'function') throw new Error(`the proof "${kind}" declares no counter`);
    const ceilings = (Object.keys(CEILINGS) as LaneKind[]).map(by => {
      const rules = counter(by) as LaneRules | undefined;
      const sizes = [rules?.ceiling, rules?.short?.capacity, rules?.long?.capacity];
      if (!rules || sizes.some(size => !(Number(size) >= 1 && Number(size) <= most)))
        throw new Error(`the counter of the proof "${kind}" is missing or looser than ${most} (${by})`);
      // Faster than the usual factor, a six-digit code could be found within the ceiling's renewals.
      if (!(rules.short.leakPerMs <= FACTOR_RULES.short.leakPerMs))
        throw new Error(`the counter of the proof "${kind}" forgets too fast (${by})`);
      return { by, ceiling: rules.ceiling };
    });
    const sum = ceilings.filter(c => shares.includes(c.by)).reduce((all, c) => all + c.ceiling, 0);
    if (sum > most) throw new Error(`the counters of the proof "${kind}" allow ${sum} tries together`);
  }
}
