// `latchkey policy preview`: a draft of the lock policy held against the last ninety days, on the server.
import { LockLanes } from '../locks/contract.ts';
import * as locks from '../locks/locks.ts';
import { policyView } from '../locks/routes.ts';
import type { World } from '../world.ts';
import type { Done, Options } from './commands.ts';

const presets = ['calm', 'balanced', 'strict', 'prove', 'classic', 'custom'] as const;
const measures = ['tell', 'prove'] as const;

const failed = (line: string): Done => ({ ok: false, lines: [line], value: { error: line } });

/** Previews what the options describe; what they do not name is as it is now. */
export async function previewPolicy(world: World, options: Options): Promise<Done> {
  const present = await locks.choiceOf(world);
  const preset = presets.find(one => one === options.preset);
  if (!preset) return failed(`give --preset ${presets.join(', ')}`);
  const failures = Number(options.failures ?? 5);
  const minutes = Number(options.minutes ?? 30);
  if (!within(failures, 50) || !within(minutes, 1_440))
    return failed('give --failures from 1 to 50 and --minutes from 1 to 1440');
  const newDevice = measureIn(options['new-device'], present.arrivals.newDevice);
  const abnormal = measureIn(options.abnormal, present.arrivals.abnormal);
  if (!newDevice || !abnormal) return failed('--new-device and --abnormal take tell or prove');
  const lanes = preset === 'custom' ? lanesIn(options.lanes) : undefined;
  if (preset === 'custom' && !lanes)
    return failed('give --lanes as JSON, e.g. what `policy show --json` prints under lanes');
  const draft: locks.Choice = { preset, failures, minutes, lanes, arrivals: { newDevice, abnormal } };
  const { faults } = locks.check(draft);
  if (faults.length > 0) {
    const told = faults.map(fault => locks.faultWords(fault, 'en'));
    return { ok: false, lines: told, value: { error: told.join(' ') } };
  }
  const outcome = await locks.preview(world, draft);
  if (outcome.kind === 'busy') return failed('busy: try again in a moment');
  const view = policyView(draft, 'en');
  return { ok: true, lines: linesOf(outcome.preview, view.warnings), value: { ...view, ...outcome.preview } };
}

const within = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most;

function measureIn(option: string | true | undefined, present: (typeof measures)[number]) {
  return option === undefined ? present : measures.find(one => one === option);
}

function lanesIn(option: string | true | undefined) {
  if (typeof option !== 'string') return undefined;
  try {
    return LockLanes.safeParse(JSON.parse(option)).data;
  } catch {
    return undefined;
  }
}

function linesOf(preview: locks.Preview, warnings: { words: string }[]): string[] {
  const { now, draft, reference } = preview;
  const row = (name: string, of: (outlook: typeof now) => number | string) =>
    `${name.padEnd(34)} ${String(of(now)).padStart(12)} ${String(of(draft)).padStart(12)}`;
  const percent = (chance: number) => `${(chance * 100).toFixed(4)} %`;
  return [
    ...warnings.map(one => `WARNING: ${one.words}`),
    `${preview.records} records since ${preview.from}${preview.cut ? ', the oldest left out' : ''}`,
    row('', one => (one === now ? 'now' : 'draft')),
    row('owners: visits', one => one.owners.visits),
    row('  met a lock', one => one.owners.refused),
    row('  asked for a proof', one => one.owners.asked),
    row('strangers: tries', one => one.strangers.tries),
    row('  passwords compared', one => one.strangers.verified),
    row('  stopped', one => one.strangers.stopped),
    row('  names tried', one => one.strangers.names),
    row('  names closed to strangers', one => one.strangers.locked),
    row('attacker: guesses in 30 days', one => one.attacker.month),
    row('  guesses in 180 days', one => one.attacker.halfYear),
    row('  chance in 180 days', one => percent(one.attacker.chance)),
    `For comparison, ${reference.failures} failures / ${reference.minutes} minutes: ${reference.attacker.month} guesses in 30 days, ${percent(reference.attacker.chance)} in 180 days.`,
    `Chance: passwords not among the ${preview.basis.list} listed ones, worst of the fits ${preview.basis.fits.join(', ')} (Wang et al. 2017).`,
  ];
}
