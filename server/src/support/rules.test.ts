// Who may vouch for whom, as a matrix; and pictures known by their bytes.
import { describe, expect, it } from 'vitest';
import { type Colleague, hasNoMoreRights, mayVouch, pictureType, vouchesSuffice } from './rules.ts';

const roles = ['administrator', 'manager', 'rep', 'auditor'] as const;
const someone = (role: Colleague['role'], id: string, team: string | null = 'north'): Colleague => ({
  id,
  role,
  team_id: team,
  state: 'active',
});

describe('rights', () => {
  it.each([
    ['rep', 'rep', true],
    ['rep', 'manager', true],
    ['rep', 'administrator', true],
    ['rep', 'auditor', false],
    ['manager', 'manager', true],
    ['manager', 'rep', false],
    ['manager', 'auditor', false],
    ['manager', 'administrator', true],
    ['auditor', 'administrator', true],
    ['auditor', 'manager', false],
    ['auditor', 'rep', false],
    ['administrator', 'administrator', true],
    ['administrator', 'manager', false],
    ['administrator', 'rep', false],
    ['administrator', 'auditor', false],
  ] as const)('of %s are no more than those of %s: %s', (one, other, answer) => {
    expect(hasNoMoreRights({ role: one }, { role: other })).toBe(answer);
  });

  it('count what was given to one person besides the role', () => {
    const grants = [{ action: 'read', object: 'audit', reach: 'all' }] as const;
    expect(hasNoMoreRights({ role: 'rep', grants }, { role: 'rep' })).toBe(false);
    expect(hasNoMoreRights({ role: 'rep' }, { role: 'rep', grants })).toBe(true);
  });
});

describe('vouching', () => {
  const cases = roles.flatMap(voucher =>
    roles.flatMap(person =>
      [true, false].flatMap(strong => [true, false].map(sameTeam => ({ voucher, person, strong, sameTeam }))),
    ),
  );

  it.each(cases)('$voucher for $person, strong $strong, same team $sameTeam', one => {
    const person = someone(one.person, 'a');
    const voucher = { ...someone(one.voucher, 'b', one.sameTeam ? 'north' : 'south'), strong: one.strong };
    const as = mayVouch(voucher, person);
    if (!one.sameTeam) return expect(as).toBeNull();
    const allowed = {
      administrator: ['administrator', 'manager', 'rep', 'auditor'],
      manager: ['manager', 'rep'],
      rep: ['rep'],
      auditor: ['auditor'],
    }[one.voucher];
    if (!allowed.includes(one.person)) return expect(as).toBeNull();
    if (one.voucher === 'manager' && one.person === 'rep') return expect(as).toBe('superior');
    expect(as).toBe(one.strong ? 'peer' : null);
  });

  it('is never for oneself, by somebody suspended, or for somebody suspended', () => {
    const peer = { ...someone('rep', 'b'), strong: true };
    expect(mayVouch(peer, someone('rep', 'b'))).toBeNull();
    expect(mayVouch({ ...peer, state: 'suspended' }, someone('rep', 'a'))).toBeNull();
    expect(mayVouch(peer, { ...someone('rep', 'a'), state: 'suspended' })).toBeNull();
    expect(mayVouch(peer, someone('rep', 'a'))).toBe('peer');
  });

  it('takes one superior or two peers', () => {
    expect(vouchesSuffice([])).toBe(false);
    expect(vouchesSuffice([{ as_role: 'peer' }])).toBe(false);
    expect(vouchesSuffice([{ as_role: 'peer' }, { as_role: 'peer' }])).toBe(true);
    expect(vouchesSuffice([{ as_role: 'superior' }])).toBe(true);
  });
});

describe('pictures', () => {
  const latin = (text: string) => Buffer.from(text, 'latin1');
  const filler = Buffer.alloc(32, 1);
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['html', latin(`<!doctype html><script>alert(1)</script>${'x'.repeat(40)}`)],
    ['svg', latin(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${'x'.repeat(40)}</svg>`)],
    ['a gif that is script', latin(`GIF89a/*${'x'.repeat(40)}*/=1;alert(1)`)],
    [
      'a PNG head with html behind',
      Buffer.concat([latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), filler, latin('<script>')]),
    ],
    ['a JPEG cut short', Buffer.concat([latin('\xff\xd8\xff\xe0'), filler])],
    ['a WebP of another length', Buffer.concat([latin('RIFF\x10\0\0\0WEBPVP8 '), filler])],
    ['a zip', Buffer.concat([latin('PK\x03\x04'), filler])],
    ['a program', Buffer.concat([latin('MZ'), filler])],
  ])('%s is none', (_, bytes) => {
    expect(pictureType(bytes)).toBeNull();
  });
});
