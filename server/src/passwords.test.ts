// The gate before the hash: order, fairness, bounds.
import { describe, expect, it } from 'vitest';
import { type Bounds, makeGate, makePasswords, type Urgency } from './passwords.ts';

const bounds: Bounds = { room: { known: 4, familiar: 4, stranger: 12 }, roomOfSource: 8, patienceMs: 10_000 };

/** Lets a crowd in one after the other and tells the order in which they were served. */
async function served(crowd: [Urgency, string][]): Promise<string[]> {
  const gate = makeGate(1, bounds);
  await gate.enter('stranger', 'first');
  const order: string[] = [];
  const all = crowd.map(async ([urgency, source]) => {
    const ok = await gate.enter(urgency, source);
    order.push(ok ? source : `no ${source}`);
    if (ok) gate.leave();
  });
  gate.leave();
  await Promise.all(all);
  expect(gate.waiting()).toBe(0);
  return order.filter(source => !source.startsWith('no '));
}

describe('the gate before the hash', () => {
  it('serves known devices first, then familiar networks, then strangers', async () => {
    expect(
      await served([
        ['stranger', 's'],
        ['familiar', 'f'],
        ['known', 'k'],
      ]),
    ).toEqual(['k', 'f', 's']);
  });

  it('shares fairly among the sources of strangers: a crowd behind one address holds up nobody else', async () => {
    const crowd: [Urgency, string][] = [
      ...Array(6).fill(['stranger', 'crowd']),
      ['stranger', 'a'],
      ['stranger', 'b'],
    ];
    expect((await served(crowd)).slice(0, 4)).toEqual(['crowd', 'a', 'b', 'crowd']);
  });

  it('refuses at once when a source or a class has no room left, and never lets more in than it may', async () => {
    const gate = makeGate(2, bounds);
    await Promise.all([gate.enter('known', ''), gate.enter('known', '')]);
    const waiting = Array.from({ length: 9 }, () => gate.enter('stranger', 'one'));
    expect(await waiting[8]).toBe(false);
    const others = Array.from({ length: 5 }, (_, i) => gate.enter('stranger', `other ${i}`));
    expect(await others[4]).toBe(false);
    expect(gate.waiting()).toBe(12);
    for (let i = 0; i < 14; i++) gate.leave();
    expect(await Promise.all([...waiting.slice(0, 8), ...others.slice(0, 4)])).toEqual(Array(12).fill(true));
    expect(await gate.enter('stranger', 'later')).toBe(true);
  });

  it('keeps a worker free of strangers, so that a known device need not wait for one of them', async () => {
    const gate = makeGate(3, bounds, 2);
    expect(await Promise.all([gate.enter('stranger', 'a'), gate.enter('stranger', 'b')])).toEqual([
      true,
      true,
    ]);
    const third = gate.enter('stranger', 'c');
    expect(gate.waiting()).toBe(1);
    expect(await gate.enter('known', 'k')).toBe(true);
    const familiar = gate.enter('familiar', 'f');
    gate.leave(); // of three in one goes: the familiar one takes his place, the stranger stays out
    expect(await familiar).toBe(true);
    expect(gate.waiting()).toBe(1);
    gate.leave();
    expect(gate.waiting()).toBe(1);
    gate.leave();
    expect(await third).toBe(true);
    expect(gate.waiting()).toBe(0);
  });

  it('gives strangers half of their time while people on known devices are at work', async () => {
    const gate = makeGate(2, bounds, 1);
    await gate.enter('stranger', 'a');
    const calm = gate.enter('stranger', 'b');
    gate.leave(50);
    expect(await calm).toBe(true); // nobody known has asked
    await gate.enter('known', 'k');
    gate.leave();
    const from = performance.now();
    const next = gate.enter('stranger', 'c');
    gate.leave(50);
    expect(gate.waiting()).toBe(1);
    expect(await gate.enter('known', 'k')).toBe(true);
    gate.leave();
    expect(await next).toBe(true);
    expect(performance.now() - from).toBeGreaterThan(45);
  });

  it('says beforehand whether there is room', async () => {
    const gate = makeGate(1, { ...bounds, room: { known: 1, familiar: 1, stranger: 1 } });
    expect(gate.hasRoom('stranger', 's')).toBe(true);
    await gate.enter('stranger', 's');
    expect(gate.hasRoom('stranger', 's')).toBe(true);
    const second = gate.enter('stranger', 's');
    expect(gate.hasRoom('stranger', 'other')).toBe(false);
    expect(gate.hasRoom('known', 's')).toBe(true);
    gate.leave();
    expect(await second).toBe(true);
    expect(gate.hasRoom('stranger', 'other')).toBe(true);
  });

  it('loses patience after the bounded wait and leaves no trace', async () => {
    const gate = makeGate(1, { ...bounds, patienceMs: 20 });
    await gate.enter('known', '');
    expect(await gate.enter('stranger', 's')).toBe(false);
    expect(gate.waiting()).toBe(0);
  });
});

describe('passwords', () => {
  it('are the same in every Unicode form, and a decoy opens to none', async () => {
    const passwords = await makePasswords({ memoryCost: 64, timeCost: 1 }, 2);
    const hash = await passwords.hash('Kä\u0301se ﬁnden 密码１２');
    const from = { urgency: 'stranger' as const, source: 's' };
    expect(await passwords.verify(hash, 'Ka\u0308\u0301se finden 密码12', from)).toMatchObject({
      kind: 'right',
    });
    expect(await passwords.verify(hash, 'Käse finden 密码12', from)).toMatchObject({
      kind: 'wrong',
    });
    expect(await passwords.verify(null, 'Käse finden 密码12', from)).toMatchObject({
      kind: 'wrong',
    });
    expect(passwords.verified()).toBe(3);
  });
});
