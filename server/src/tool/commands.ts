// The commands of the administrator's tool; each gives lines for people and a value for --json.
import { statfsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as alerts from '../alerts/alerts.ts';
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import { passPhrase } from '../dice.ts';
import * as factors from '../factors/factors.ts';
import * as files from '../files/files.ts';
import * as locks from '../locks/locks.ts';
import * as staff from '../staff/staff.ts';
import { teller } from '../stories/stories.ts';
import { version } from '../version.ts';
import * as weather from '../weather/weather.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, iso, type World } from '../world.ts';
import { filesCommands } from './files-commands.ts';
import { peopleCommands } from './people-commands.ts';
import { previewPolicy } from './policy-preview.ts';
import { storyLines } from './story-lines.ts';

export type Done = { ok: boolean; lines: string[]; value: unknown };
export type Options = Record<string, string | true>;
export type Command = {
  usage: string;
  run: (world: World, words: string[], options: Options) => Promise<Done>;
};

const said = (value: unknown, ...lines: string[]): Done => ({ ok: true, lines, value });
const failed = (line: string): Done => ({ ok: false, lines: [line], value: { error: line } });
const text = (option: string | true | undefined) => (typeof option === 'string' ? option : '');

export const commands: Record<string, Command> = {
  status: {
    usage: 'status — version, workspace, people, standing locks, attack alarm, defence mode',
    run: async world => {
      const [name, people, standing, unsealed, sky] = await Promise.all([
        workspaces.name(world),
        staff.names(world),
        locks.list(world, { limit: 200, standingAt: iso(world.now()) }),
        audit.unsealed(world),
        skyOf(world),
      ]);
      const value = {
        version,
        workspace: name,
        people: people.length,
        standingLocks: standing.length,
        unsealed,
        ...sky,
      };
      return said(value, ...Object.entries(value).map(([key, v]) => `${key.padEnd(14)} ${v}`));
    },
  },
  doctor: {
    usage: 'doctor — checks database, journal, disk, file storage and proxies; tells of attacks',
    run: async world => {
      const chain = await audit.verify(world);
      const disk = statfsSync(world.config.dataDir);
      const freeMiB = Math.floor((disk.bavail * disk.bsize) / 1_048_576);
      const hidden = await weather.areVisitorsHidden(world);
      const proxies = hidden ? 'unnamed' : 'ok';
      const bucket = await files.check(world);
      const stored = bucket.kind === 'ok' ? 'ok' : bucket.why;
      const sky = await skyOf(world);
      const value = { database: 'ok', journal: chain.kind, freeMiB, files: stored, proxies, ...sky };
      const ok = chain.kind === 'intact' && freeMiB > 512 && bucket.kind === 'ok';
      const lines = Object.entries(value).map(([key, v]) => `${key.padEnd(10)} ${v}`);
      return { ok, lines: hidden ? [...lines, unnamedProxy] : lines, value };
    },
  },
  ...peopleCommands,
  ...filesCommands,
  'people add': {
    usage:
      'people add --name NAME --email ADDRESS --role administrator|manager|rep|auditor [--password WORDS]',
    run: async (world, _, options) => {
      const role = text(options.role);
      if (!isRole(role)) return failed('give --role administrator, manager, rep or auditor');
      const password = text(options.password) || passPhrase(world.random);
      const name = text(options.name);
      const email = text(options.email);
      if (!name || !email.includes('@')) return failed('give --name and --email');
      const added = await staff.add(
        world,
        { name, email, role, password, language: 'zh-CN', emailVerified: true },
        {},
      );
      if (added.kind === 'name-taken') return failed(`${email} signs in already`);
      if (added.kind === 'weak') return failed(`that password will not do: ${added.fault}`);
      return said({ id: added.id, email, password }, `added ${email}`, `password: ${password}`);
    },
  },
  'locks list': {
    usage: 'locks list [--all] [--language zh-CN|en] — standing locks, or all, each with its story',
    run: async (world, _, options) => {
      const found = await locks.list(world, {
        limit: 200,
        ...(options.all ? {} : { standingAt: iso(world.now()) }),
      });
      const tell = teller(world, options.language === 'zh-CN' ? 'zh-CN' : 'en');
      const value = [];
      for (const lock of found)
        value.push({
          ...(await tell.of(lock)),
          person: lock.person_name,
          subject: lock.subject_kind,
          liftedAt: lock.lifted_at,
        });
      return said(value, ...value.flatMap(storyLines));
    },
  },
  'locks lift': {
    usage: 'locks lift ID --reason WORDS',
    run: async (world, [id = ''], options) => {
      const reason = text(options.reason);
      if (!/^[0-9a-f-]{36}$/.test(id) || !reason) return failed('give the id of a lock and --reason');
      const outcome = await lift(world, id, reason);
      return outcome.kind === 'lifted'
        ? said({ lifted: id }, 'lifted')
        : failed(`not lifted: ${outcome.kind}`);
    },
  },
  recover: {
    usage:
      'recover ADDRESS [--remove-factors] — break-glass: a new password for somebody nobody else can let in; needs no mail',
    run: async (world, [address = ''], options) => {
      const person = await staff.bySignInName(world, address);
      if (!person) return failed(`nobody signs in as ${address}`);
      const password = passPhrase(world.random);
      const by = { me: null, visitor: null };
      const outcome = await atomically(world, async tx => {
        const set = await staff.setPassword(tx, person, password, {
          by: null,
          visitor: null,
          action: 'recover.break-glass',
        });
        if (set.kind === 'weak') return set;
        if (person.state !== 'active') await staff.revive(tx, person.id);
        await devices.endAllSessions(tx, { personId: person.id, why: 'break-glass' }, by);
        for (const lock of await locks.list(tx, {
          limit: 200,
          personId: person.id,
          standingAt: iso(tx.now()),
        }))
          await lift(tx, lock.id, 'break-glass on the server');
        await locks.openForStrangers(tx, person.sign_in_name);
        if (options['remove-factors']) await factors.removeAll(tx, person.id, 'break-glass on the server');
        await alerts.raise(tx, { kind: 'break-glass', data: { key: person.id, person: person.name } });
        return set;
      });
      if (outcome.kind === 'weak') return failed(`no password could be set: ${outcome.fault}`);
      const asked = (await factors.kindsOf(world, person.id)).map(kind => factors.registry[kind].words.en);
      return said(
        { email: person.email, password, factors: asked },
        `${person.email} signs in with:`,
        `  ${password}`,
        'Change it after signing in.',
        ...(asked.length > 0
          ? [`A new device also asks for: ${asked.join(', ')}. If that is lost, add --remove-factors.`]
          : []),
      );
    },
  },
  'audit verify': {
    usage: 'audit verify — walks the journal and names the first altered row',
    run: async world => {
      await sealAll(world);
      const verdict = await audit.verify(world);
      if (verdict.kind === 'intact')
        return said(
          verdict,
          `intact: ${verdict.entries} entries, ${verdict.unsealed} not sealed yet`,
          `head ${verdict.head}`,
        );
      const where = verdict.id ? ` (${verdict.id}, ${verdict.action}, ${verdict.at})` : '';
      return {
        ok: false,
        lines: [`ALTERED at entry ${verdict.seq}${where}: ${verdict.why}`],
        value: verdict,
      };
    },
  },
  'audit export': {
    usage: 'audit export — every entry as JSON lines, oldest first',
    run: async world => {
      await sealAll(world);
      let count = 0;
      for await (const entry of audit.everything(world)) {
        process.stdout.write(`${JSON.stringify({ ...entry, hash: entry.hash?.toString('hex') ?? null })}\n`);
        count++;
      }
      return said({ exported: count });
    },
  },
  'policy preview': {
    usage:
      'policy preview --preset calm|balanced|strict|prove|classic|custom [--failures N --minutes N] [--lanes JSON] [--new-device tell|prove] [--abnormal tell|prove] — the last ninety days under a draft',
    run: (world, _, options) => previewPolicy(world, options),
  },
  'policy show': {
    usage: 'policy show — the lock policy',
    run: async world => {
      const choice = await locks.choiceOf(world);
      return said(locks.check(choice).policy, JSON.stringify(choice));
    },
  },
};

const unnamedProxy =
  'warning: a proxy on this machine passes requests on (X-Forwarded-For), but LATCHKEY_TRUSTED_PROXIES is empty: ' +
  'everybody seems to come from 127.0.0.1. Set it to the address of the proxy, for instance 127.0.0.1/32.';

/** The alarm and defence mode, each by its end. */
async function skyOf(world: World): Promise<{ alarm: string; defence: string }> {
  const { alarm, defence } = await weather.now(world);
  return {
    alarm: alarm ? `until ${alarm.until}` : 'none',
    defence: defence ? `until ${defence.until}` : 'off',
  };
}

const lift = (world: World, lockId: string, reason: string) =>
  locks.lift(world, { lockId, reason, proof: 'shell on the server' }, { me: null, visitor: null });

/** Waits until every entry written so far is sealed, by this process or by a server beside it; ten seconds at most. */
async function sealAll(world: World): Promise<void> {
  for (const until = Date.now() + 10_000; Date.now() < until && (await audit.unsealed(world)) > 0; )
    if ((await audit.seal(world)) === 0) await sleep(50);
}

function isRole(word: string): word is staff.Person['role'] {
  return ['administrator', 'manager', 'rep', 'auditor'].includes(word);
}
