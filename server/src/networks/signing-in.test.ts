// Networks as people feel them: in from the office or a trusted hall while strangers guess, and told of a far journey.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY, HOUR } from '@latchkey/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeGeoFile } from '../mmdb.fixture.ts';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';
import * as networks from './networks.ts';

let t: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;
const folder = mkdtempSync(join(tmpdir(), 'latchkey-geo-'));
beforeAll(async () => {
  const geoIp = join(folder, 'city.mmdb');
  writeGeoFile(geoIp);
  t = await openTest({ config: { geoIp } });
  admin = await t.as('administrator');
  people = peopleOf(t, admin);
});
afterAll(async () => {
  await t.close();
  rmSync(folder, { recursive: true, force: true });
});

const signIn = (email: string, address: string) =>
  t.client(address).post('/session', { name: email, password });

/** Strangers guess until the right password is refused from a strange place. */
async function besiege(email: string): Promise<void> {
  for (let i = 0; i < 30; i++) {
    const reply = await t
      .client('192.0.2.66')
      .post('/session', { name: email, password: `wrong guess ${i}` });
    if (reply.status === 423) return;
  }
  throw new Error('never locked');
}

describe('L4 while strangers guess a password', () => {
  it('its owner gets in from a network he is known on, and from a trusted one, with a new browser', async () => {
    const { id, email } = await people.person();
    expect((await signIn(email, '203.0.113.40')).status).toBe(200);
    await besiege(email);
    expect((await signIn(email, '198.51.100.200')).status).toBe(423);
    expect((await signIn(email, '203.0.113.40')).body.kind).toBe('signed-in');
    const body = {
      cidr: '198.51.100.128/25',
      personId: id,
      reason: 'Trade fair',
      endsAt: new Date(t.world.now() + DAY).toISOString(),
    };
    const trusted = await admin.post('/networks/trusted', body);
    expect(trusted.body.origin).toBe('Hangzhou, China');
    expect((await signIn(email, '198.51.100.200')).body.kind).toBe('signed-in');
    await besiege(email);
    await admin.post(`/networks/trusted/${trusted.body.id}/end`, { reason: 'Over' });
    expect((await signIn(email, '198.51.100.201')).status).toBe(423);
  });
});

describe('travel with a GeoIP file', () => {
  it('is impossible from Shanghai to London in an hour, possible in a day, and the account page names both', async () => {
    const { id, email } = await people.person();
    expect((await signIn(email, '203.0.113.40')).status).toBe(200);
    t.turn(HOUR);
    const travel = await networks.travel(t.world, id, '198.51.100.7');
    expect(travel).toMatchObject({ kind: 'impossible', minutes: 60, from: '203.0.113.40' });
    expect(travel.kind === 'impossible' && travel.km).toBeGreaterThan(9_000);
    expect(travel.kind === 'impossible' && travel.km).toBeLessThan(9_300);
    expect((await networks.travel(t.world, id, '198.51.100.200')).kind).toBe('possible');
    t.turn(DAY);
    expect((await networks.travel(t.world, id, '198.51.100.7')).kind).toBe('possible');
    const client = t.client('198.51.100.7');
    await client.post('/session', { name: email, password });
    const { items } = (await client.get('/networks/mine', { headers: { 'accept-language': 'zh-CN' } })).body;
    expect(items.map((one: { origin: string; current: boolean }) => [one.origin, one.current])).toEqual([
      ['英国 伦敦', true],
      ['中国 上海', false],
    ]);
  });
});
