// Networks through the room's face: familiar for an account, headroom of a source, and travel nobody can have made.
import { DAY, FAMILIAR_KEPT, HOUR, MINUTE } from '@latchkey/engine';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTest, type Test } from '../testing/harness.ts';
import * as networks from './networks.ts';

let t: Test;
beforeAll(async () => {
  t = await openTest();
});
afterAll(() => t.close());

const nobody = '00000000-0000-0000-0000-000000000000';
const standing = (who: string, address: string) => networks.standing(t.world, who, address);

describe('a source', () => {
  it('is familiar to whom it has served well, and to nobody else', async () => {
    await networks.welcomed(t.world, t.people.rep, '203.0.113.5');
    expect(await standing(t.people.rep, '203.0.113.5')).toEqual({
      familiar: true,
      knownNetwork: true,
      trusted: null,
      people: 1,
      networkPeople: 1,
    });
    const next = { familiar: false, knownNetwork: true, people: 0, networkPeople: 1 };
    expect(await standing(t.people.rep, '203.0.113.77')).toMatchObject(next);
    expect(await standing(t.people.rep2, '203.0.113.5')).toMatchObject({
      familiar: false,
      knownNetwork: false,
      people: 1,
    });
    expect(await standing(nobody, '203.0.113.5')).toEqual({
      familiar: false,
      knownNetwork: false,
      trusted: null,
      people: 1,
      networkPeople: 1,
    });
  });

  it('is an IPv6 /64, and its wider network a /48', async () => {
    await networks.welcomed(t.world, t.people.rep, '2001:db8:7:1::5');
    expect(await standing(t.people.rep, '2001:db8:7:1:ffff::9')).toMatchObject({ familiar: true });
    expect(await standing(t.people.rep, '2001:db8:7:2::5')).toMatchObject({
      familiar: false,
      knownNetwork: true,
    });
    expect(await standing(t.people.rep, '2001:db8:8:1::5')).toMatchObject({ knownNetwork: false });
  });

  it('counts each person once, however often and from however many neighbours', async () => {
    for (const host of [1, 2, 1])
      for (const who of [t.people.manager, t.people.auditor])
        await networks.welcomed(t.world, who, `198.51.100.${host}`);
    expect(await standing(nobody, '198.51.100.1')).toMatchObject({ people: 2, networkPeople: 2 });
  });

  it('is strange again after sixty days, and gives headroom for thirty', async () => {
    await networks.welcomed(t.world, t.people.manager, '192.0.2.9');
    t.turn(31 * DAY);
    expect(await standing(t.people.manager, '192.0.2.9')).toMatchObject({ familiar: true, people: 0 });
    t.turn(30 * DAY);
    expect(await standing(t.people.manager, '192.0.2.9')).toMatchObject({
      familiar: false,
      knownNetwork: false,
    });
    await networks.welcomed(t.world, t.people.manager, '192.0.2.9');
    const [again] = await networks.mine(t.world, t.people.manager);
    expect(again?.first_at).toBe(again?.seen_at);
    await networks.sweep(t.world);
    const { rows } = await sql<{ n: number }>`select count(*)::integer as n from familiar_networks`.execute(
      t.world.db,
    );
    expect(rows[0]?.n).toBe(1);
  });

  it('is not written again within five minutes', async () => {
    const row = async () =>
      (
        await sql<{
          at: number;
          place: string;
        }>`select seen_at as at, ctid::text as place from familiar_networks
        where person_id = ${t.people.auditor}`.execute(t.world.db)
      ).rows[0];
    await networks.welcomed(t.world, t.people.auditor, '192.0.2.30');
    const first = await row();
    await networks.welcomed(t.world, t.people.auditor, '192.0.2.30');
    expect(await row()).toEqual(first);
    t.turn(6 * MINUTE);
    await networks.welcomed(t.world, t.people.auditor, '192.0.2.30');
    expect((await row())?.at).toBeGreaterThan(first?.at ?? 0);
  });

  it('falls out when sixteen newer ones have come', async () => {
    for (let i = 0; i <= FAMILIAR_KEPT; i++) {
      await networks.welcomed(t.world, t.people.rep2, `192.0.2.${100 + i}`);
      t.turn(MINUTE);
    }
    expect(await networks.mine(t.world, t.people.rep2)).toHaveLength(FAMILIAR_KEPT);
    expect(await standing(t.people.rep2, '192.0.2.100')).toMatchObject({ familiar: false });
    expect(await standing(t.people.rep2, '192.0.2.116')).toMatchObject({ familiar: true });
  });

  it('is one row after fifty sign-ins at once', async () => {
    const who = t.people.administrator;
    await Promise.all(Array.from({ length: 50 }, () => networks.welcomed(t.world, who, '192.0.2.200')));
    expect(await networks.mine(t.world, who)).toHaveLength(1);
  });
});

describe('travel without a GeoIP file', () => {
  const travel = (address: string) => networks.travel(t.world, t.people.rep, address);

  it('is impossible between three providers within ten minutes; two are an office and a phone', async () => {
    t.turn(70 * DAY);
    expect(await travel('8.8.4.4')).toEqual({ kind: 'possible' });
    await networks.welcomed(t.world, t.people.rep, '203.0.113.5');
    expect(await travel('8.8.4.4')).toEqual({ kind: 'possible' });
    await networks.welcomed(t.world, t.people.rep, '4.2.2.1');
    t.turn(1);
    await networks.welcomed(t.world, t.people.rep, '203.0.113.6');
    t.turn(3 * MINUTE);
    const impossible = { kind: 'impossible', km: null, minutes: 3, from: '203.0.113.6' };
    expect(await travel('8.8.4.4')).toEqual(impossible);
    expect(await travel('203.0.200.1')).toEqual({ kind: 'possible' });
    expect(await travel('2001:db8::1')).toEqual({ kind: 'possible' });
    expect(await travel('192.168.3.4')).toEqual({ kind: 'possible' });
    t.turn(8 * MINUTE);
    expect(await travel('8.8.4.4')).toEqual({ kind: 'possible' });
  });

  it('is possible to where the person is known', async () => {
    await networks.welcomed(t.world, t.people.rep, '8.8.4.4');
    t.turn(2 * HOUR);
    await networks.welcomed(t.world, t.people.rep, '203.0.113.5');
    await networks.welcomed(t.world, t.people.rep, '4.2.2.1');
    expect(await travel('8.8.4.4')).toEqual({ kind: 'possible' });
    expect((await travel('9.9.9.9')).kind).toBe('impossible');
  });
});
