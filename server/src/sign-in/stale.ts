// Clients that keep sending one old password: counted, and named to the owner of the account (L16).
import * as attempts from '../attempts/attempts.ts';
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import type { Visitor } from '../http.ts';
import * as messages from '../messages/messages.ts';
import { originOf, originWords } from '../networks/networks.ts';
import type { Language } from '../problems.ts';
import type { Signals } from '../signals.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import type { Prepared } from './sign-in.ts';

/** Repeats of one client are written down once a second at most: a loop must not become a flood of writes. */
const everyMs = 1_000;
const most = 10_000;
type Waiting = { at: number; times: number };
const waiting = new WeakMap<Signals, Map<string, Waiting>>();

/** Counts a repeated password, and tells the owner when it has become a stale client. */
export async function noteStale(
  world: World,
  visitor: Visitor,
  input: Pick<Prepared, 'account' | 'source' | 'person'>,
  repeat: attempts.Repeat,
): Promise<void> {
  const { account, source, person } = input;
  const mine = waiting.get(world.signals) ?? new Map<string, Waiting>();
  waiting.set(world.signals, mine);
  const key = `${world.workspaceId}${account.toString('base64url')}${source}${repeat.mark.toString('base64url')}`;
  const before = mine.get(key);
  const now = world.now();
  const times = (before?.times ?? 0) + repeat.times;
  if (before && now >= before.at && now - before.at < everyMs) {
    mine.set(key, { at: before.at, times });
    return;
  }
  if (mine.size >= most) mine.clear();
  mine.set(key, { at: now, times: 0 });
  const device = devices.deviceLabel(visitor.userAgent);
  await atomically(world, async tx => {
    const noted = await attempts.noteRepeat(tx, {
      account,
      personId: person?.id ?? null,
      source,
      mark: repeat.mark,
      former: repeat.as === 'former',
      device,
      times,
    });
    if (!noted.due || !person) return;
    await audit.record(tx, {
      action: 'sign-in.stale-client',
      visitor,
      object: { type: 'person', id: person.id },
      details: { device, source, times: noted.times, former: repeat.as === 'former' },
    });
    if (!person.email_verified_at) return;
    const language = person.language as Language;
    const place = originOf(tx, visitor.address);
    await messages.post(tx, {
      to: person.email,
      personId: person.id,
      channel: 'email',
      template: 'stale-client',
      language,
      data: {
        name: person.name,
        device,
        address: place ? `${visitor.address} (${originWords(place, language)})` : visitor.address,
        times: noted.times,
        since: iso(Date.parse(moment(tx)) - 86_400_000),
        former: repeat.as === 'former' ? 'yes' : '',
      },
    });
  });
}
