// The demo: a trading company with people, customers and eighteen months of follow-ups, made at the first start.
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import { announce } from '../signals.ts';
import * as staff from '../staff/staff.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, type Installation, type World, worldOf } from '../world.ts';
import { cast, company, keys, type PersonKey, teams } from './cast.ts';
import { type Crew, fill } from './fill.ts';
import { passPhrase } from './words.ts';

/** The shortest password that the command line takes. */
const leastLength = 8;

/**
 * Makes the demo workspace where there is none yet, in one transaction, or gives the one that is there the password of
 * the command line. Another installation is left as it is. Returns the lines to print.
 */
export async function prepareDemo(installation: Installation): Promise<string[]> {
  const given = installation.config.demoPassword;
  const faulty = given !== null && faultOf(given) !== null;
  const wanted = faulty ? null : given;
  const said = faulty ? ['The demo password is too easy or holds a sign-in name, so it was not taken.'] : [];
  const first = (await workspaces.all(installation))[0];
  if (first === undefined) {
    const password = wanted ?? passPhrase(installation.random);
    if (await make(installation, password)) return [...said, ...table(`Password of all: ${password}`)];
    return [...said, ...(await find(installation, wanted))];
  }
  return [...said, ...(await find(installation, wanted))];
}

/** What speaks against one password for everybody. */
function faultOf(password: string): staff.PasswordFault | null {
  const names = keys.flatMap(key => [cast[key].name, key]);
  return staff.passwordFault(password, names, leastLength);
}

/** False when another process was first. */
async function make(installation: Installation, password: string): Promise<boolean> {
  return atomically(workspaces.newWorld(installation), async tx => {
    const made = await workspaces.create(tx, { ...company, demo: true, onlyIfFirst: true });
    if (made.kind === 'not-first') return false;
    const crew = await hire(tx, password);
    const counts = await fill(tx, crew);
    await audit.record(tx, {
      action: 'demo.fill',
      object: { type: 'workspace', id: tx.workspaceId },
      details: { people: keys.length, ...counts },
    });
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
    return true;
  });
}

async function hire(tx: World, password: string): Promise<Crew> {
  const teamIds = {
    home: await staff.addTeam(tx, teams.home),
    overseas: await staff.addTeam(tx, teams.overseas),
  };
  const ids: Partial<Record<PersonKey, string>> = {};
  for (const key of keys) {
    const { name, email, role, language, team } = cast[key];
    const teamId = team && teamIds[team];
    const added = await staff.add(
      tx,
      { name, email, role, language, teamId, password, emailVerified: true, leastLength },
      {},
    );
    if (added.kind !== 'added') throw new Error(`${email} could not be added: ${added.kind}`);
    ids[key] = added.id;
  }
  const { manager, admin } = ids as Crew['ids'];
  const me = { id: admin, name: cast.admin.name };
  await staff.changeTeam(tx, { id: teamIds.home, managerId: manager }, { me, visitor: null });
  return { ids: ids as Crew['ids'], teamIds };
}

/** An installation that has a workspace already. */
async function find(installation: Installation, wanted: string | null): Promise<string[]> {
  const ids = await workspaces.all(installation);
  for (const id of ids) {
    const world = worldOf(installation, id);
    if (!(await workspaces.find(world))?.demo) continue;
    if (wanted === null)
      return table(
        'Password of all: the one printed at the first start (only its hash is kept); --demo-password sets another.',
      );
    const changed = await setPasswords(world, wanted);
    return table(`Password of all: ${wanted}${changed ? ' (new)' : ''}`);
  }
  return ['This installation has a workspace of its own: no demo data was added.'];
}

/** Gives everybody the password who has another; returns whether anybody had. */
async function setPasswords(world: World, password: string): Promise<boolean> {
  let changed = false;
  for (const key of keys) {
    const person = await staff.bySignInName(world, cast[key].email);
    if (!person) continue;
    const same =
      person.password_hash &&
      (await world.passwords.verify(person.password_hash, password, { urgency: 'known', source: '' }));
    if (same && same.kind === 'right') continue;
    changed = true;
    await atomically(world, async tx => {
      const how = { by: null, visitor: null, action: 'demo.password', leastLength };
      const set = await staff.setPassword(tx, person, password, how);
      if (set.kind !== 'set')
        throw new Error(`the password of ${person.email} could not be set: ${set.fault}`);
      const why = 'password-changed';
      await devices.endAllSessions(tx, { personId: person.id, why }, { me: null, visitor: null });
    });
  }
  return changed;
}

function table(password: string): string[] {
  const width = Math.max(...keys.map(key => cast[key].email.length));
  const line = (key: PersonKey) => {
    const { email, role, sees } = cast[key];
    return `  ${email.padEnd(width)}  ${role.padEnd(13)}  ${sees}`;
  };
  return ['', `Demo workspace ${company.name}. Sign in as`, ...keys.map(line), password, ''];
}
