// Where webhooks may lead, by number, by name, by redirect and by a name that changes its mind.
import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { urlFault, zoneOf } from './destinations.ts';
import { openReceiver, type Receiver } from './receiver.fixture.ts';
import { send } from './sending.ts';

const open: Receiver[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function receiver(...input: Parameters<typeof openReceiver>) {
  const made = await openReceiver(...input);
  open.push(made);
  return made;
}

/** A name server of our own: each name's addresses, in turn when there are several answers. */
function names(book: Record<string, string[][]>): { ask: LookupFunction; asked: string[] } {
  const asked: string[] = [];
  const ask: LookupFunction = (hostname, options, done) => {
    asked.push(hostname);
    const answers = book[hostname];
    if (!answers) return systemLookup(hostname, options, done);
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
    done(
      null,
      answer.map(address => ({ address, family: isIP(address) })),
    );
  };
  return { ask, asked };
}

const post = (url: string, ownNetwork: boolean, ask?: LookupFunction) =>
  send({ url, body: '{}', headers: {}, ownNetwork, ...(ask ? { ask } : {}) });

describe('an address', () => {
  it.each([
    ['169.254.169.254', 'never'],
    ['169.254.0.1', 'never'],
    ['::ffff:169.254.169.254', 'never'],
    ['::ffff:a9fe:a9fe', 'never'],
    ['::a9fe:a9fe', 'never'],
    ['64:ff9b::a9fe:a9fe', 'never'],
    ['2002:a9fe:a9fe::1', 'never'],
    ['fe80::1', 'never'],
    ['fe80::1%eth0', 'never'],
    ['febf::1', 'never'],
    ['fd00:ec2::254', 'never'],
    ['100.100.100.200', 'never'],
    ['168.63.129.16', 'never'],
    ['0.0.0.0', 'never'],
    ['::', 'never'],
    ['224.0.0.1', 'never'],
    ['255.255.255.255', 'never'],
    ['ff02::1', 'never'],
    ['not an address', 'never'],
    ['127.0.0.1', 'own'],
    ['127.8.9.1', 'own'],
    ['::1', 'own'],
    ['::ffff:127.0.0.1', 'own'],
    ['10.1.2.3', 'own'],
    ['172.31.255.255', 'own'],
    ['192.168.0.1', 'own'],
    ['100.64.0.1', 'own'],
    ['fd12:3456::1', 'own'],
    ['172.32.0.1', 'public'],
    ['169.253.255.255', 'public'],
    ['101.91.40.24', 'public'],
    ['2606:4700::1111', 'public'],
    ['::ffff:101.91.40.24', 'public'],
  ])('%s is %s', (address, zone) => {
    expect(zoneOf(address)).toBe(zone);
  });
});

describe('a webhook address', () => {
  it.each([
    ['https://example.com/hook', false, null],
    ['http://example.com/hook', false, 'plain-http'],
    ['http://mattermost.internal/hook', true, null],
    ['ftp://example.com/', false, 'no-url'],
    ['not a url', false, 'no-url'],
    ['https://user:word@example.com/', false, 'has-credentials'],
    ['https://127.0.0.1/', false, 'own-network'],
    ['https://[::1]/', false, 'own-network'],
    ['https://[::1]/', true, null],
    ['https://10.0.0.7:8443/', false, 'own-network'],
    ['https://169.254.169.254/latest/', true, 'forbidden'],
    ['http://0251.0376.0251.0376/', true, 'forbidden'],
    ['http://2852039166/', true, 'forbidden'],
    ['http://0xa9fea9fe/', true, 'forbidden'],
    ['http://[::ffff:169.254.169.254]/', true, 'forbidden'],
    ['http://[fe80::1]/', true, 'forbidden'],
  ])('%s, own network %s: %s', (url, ownNetwork, fault) => {
    expect(urlFault(url, ownNetwork)).toBe(fault);
  });
});

describe('a connection', () => {
  it('is not made to a name that stands for a forbidden address, whatever the hook says', async () => {
    const { ask, asked } = names({
      'metadata.example': [['169.254.169.254']],
      'six.example': [['fe80::1']],
      'mapped.example': [['::ffff:169.254.169.254']],
    });
    for (const name of ['metadata', 'six', 'mapped'])
      for (const own of [true, false]) {
        const scheme = own ? 'http' : 'https';
        expect(await post(`${scheme}://${name}.example/`, own, ask)).toEqual({
          kind: 'problem',
          problem: 'forbidden',
        });
      }
    expect(asked).toHaveLength(6);
  });

  it('is not made to a name in the own network unless the hook says so', async () => {
    const there = await receiver();
    const { ask } = names({ 'inside.example': [['127.0.0.1']] });
    const url = `://inside.example:${there.port}/x`;
    expect(await post(`https${url}`, false, ask)).toEqual({ kind: 'problem', problem: 'own-network' });
    expect(there.got).toEqual([]);
    expect(await post(`http${url}`, true, ask)).toMatchObject({ kind: 'reply', status: 204 });
    expect(there.got).toHaveLength(1);
  });

  it('is not made when one good address hides a bad one', async () => {
    const there = await receiver();
    const { ask } = names({ 'two.example': [['127.0.0.1', '169.254.169.254']] });
    expect(await post(`http://two.example:${there.port}/`, true, ask)).toEqual({
      kind: 'problem',
      problem: 'forbidden',
    });
    expect(there.got).toEqual([]);
  });

  it('asks for the name once and connects to what it was told then: a second answer is never used', async () => {
    const there = await receiver();
    const { ask, asked } = names({ 'turn.example': [['127.0.0.1'], ['169.254.169.254']] });
    expect(await post(`http://turn.example:${there.port}/`, true, ask)).toMatchObject({ status: 204 });
    expect(asked).toEqual(['turn.example']);
    expect(await post(`http://turn.example:${there.port}/`, true, ask)).toMatchObject({
      problem: 'forbidden',
    });
  });

  it('follows no redirect', async () => {
    const there = await receiver();
    there.answers.push({ status: 302, headers: { location: `${there.url}/second` } });
    expect(await post(`${there.url}/first`, true)).toMatchObject({ kind: 'reply', status: 302 });
    expect(there.got.map(one => one.path)).toEqual(['/first']);
  });

  it('reads no more than 64 kB of an answer without end', async () => {
    const there = await receiver();
    there.answers.push({ status: 200, body: 'x'.repeat(300_000), hang: true });
    const came = await post(there.url, true);
    expect(came.kind === 'reply' && came.body.length).toBe(65_536);
  });

  it('says that nobody is there', async () => {
    const there = await receiver();
    await there.close();
    open.splice(0);
    expect(await post(there.url, true)).toEqual({ kind: 'problem', problem: 'connection: ECONNREFUSED' });
  });

  it('gives up on a silent receiver after ten seconds', { timeout: 20_000 }, async () => {
    const there = await receiver();
    there.answers.push({ status: 200, hang: true });
    const began = performance.now();
    expect(await post(there.url, true)).toEqual({ kind: 'problem', problem: 'timeout' });
    expect(performance.now() - began).toBeGreaterThan(9_000);
    expect(performance.now() - began).toBeLessThan(13_000);
  });
});
