// `latchkey policy preview`: the same figures as over HTTP, and no guessing at what was meant.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTest, type Test } from '../testing/harness.ts';
import { commands, type Options } from './commands.ts';

let test: Test;
beforeAll(async () => {
  test = await openTest();
});
afterAll(() => test.close());

const run = (options: Options) => {
  const command = commands['policy preview'];
  if (!command) throw new Error('no such command');
  return command.run(test.world, [], options);
};

it('tells what the page is told', async () => {
  const administrator = await test.as('administrator');
  for (let i = 0; i < 7; i++)
    await test.client().post('/session', { name: 'rep@example.com', password: `no such words ${i}` });
  const { body } = await administrator.get(
    '/policies/lock/preview?preset=classic&failures=3&minutes=60&newDevice=prove',
  );
  const done = await run({
    preset: 'classic',
    failures: '3',
    minutes: '60',
    'new-device': 'prove',
    json: true,
  });
  expect(done.ok).toBe(true);
  const { from: _, until: __, ...value } = done.value as Record<string, unknown>;
  const { from: ___, until: ____, ...told } = body;
  expect(value).toEqual(told);
  expect(value).toMatchObject({ now: { strangers: { verified: 5 } }, draft: { strangers: { verified: 3 } } });
  expect(done.lines.find(line => line.includes('passwords compared'))).toMatch(/ 5 +3$/);
  expect(done.lines[0]).toContain('WARNING');
});

it.each([
  [{}, '--preset'],
  [{ preset: 'mine' }, '--preset'],
  [{ preset: 'classic', failures: 'many' }, '--failures'],
  [{ preset: 'classic', minutes: '1e9' }, '--minutes'],
  [{ preset: 'calm', abnormal: 'shout' }, '--abnormal'],
  [{ preset: 'custom', lanes: '{"strangers":' }, '--lanes'],
] as [Options, string][])('refuses %j, naming what to give', async (options, word) => {
  const done = await run(options);
  expect(done.ok).toBe(false);
  expect(done.lines[0]).toContain(word);
});

it('takes own lanes within the bounds', async () => {
  const lane = { tries: 10, pauseMinutes: 30, reserve: 10, perDay: 10 };
  const lanes = { knownDevice: lane, familiarNetwork: lane, strangers: lane, alarm: { ...lane, tries: 2 } };
  expect((await run({ preset: 'custom', lanes: JSON.stringify(lanes) })).ok).toBe(true);
  const closed = { ...lanes, knownDevice: { ...lane, tries: 0 } };
  expect((await run({ preset: 'custom', lanes: JSON.stringify(closed) })).lines).toEqual([
    'Known devices, tries at once: choose a whole number from 10 to 20.',
  ]);
});
