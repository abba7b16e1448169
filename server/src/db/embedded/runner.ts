// Under which system user PostgreSQL runs: it refuses to run as root, so root hands it to somebody lesser.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Faulted, fault } from './faults.ts';

type User = { name: string; uid: number; gid: number };

export type Runner = {
  /** The user's number, or null when it is simply the one who started Latchkey. */
  uid: number | null;
  /** Program, arguments and options of spawn with which a command runs as that user. */
  as: (
    file: string,
    args: string[],
  ) => { file: string; args: string[]; identity: { uid?: number; gid?: number } };
  /** Gives a file or folder to that user; with `deep`, everything within it too. */
  own: (path: string, deep?: boolean) => void;
  /** A sentence for the log where the arrangement is out of the ordinary. */
  remark: string | null;
};

const ownUser = 'latchkey';

const asStarted: Runner = {
  uid: null,
  as: (file, args) => ({ file, args, identity: {} }),
  own: () => {},
  remark: null,
};

function users(): User[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
    .flatMap(([name, , uid, gid]) =>
      name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [],
    );
}

const named = (name: string) => users().find(user => user.name === name && user.uid !== 0);

// Debian and its kin have useradd, small images at times only adduser; both need a writable /etc.
function create(): User | undefined {
  const ways: [string, string[]][] = [
    [
      'useradd',
      [
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        '/nonexistent',
        '--shell',
        '/usr/sbin/nologin',
        ownUser,
      ],
    ],
    ['adduser', ['--system', '--group', '--no-create-home', '--home', '/nonexistent', ownUser]],
    ['adduser', ['-S', '-H', '-D', ownUser]],
  ];
  for (const [program, args] of ways) {
    spawnSync(program, args, { stdio: 'ignore' });
    const user = named(ownUser);
    if (user !== undefined) return user;
  }
  return undefined;
}

// Files keep the owner they have, so that a start by root now and by their owner later both work.
function choose(dataDir: string): User | undefined {
  const cluster = statSync(join(dataDir, 'postgres'), { throwIfNoEntry: false });
  const owner = cluster && cluster.uid !== 0 ? users().find(user => user.uid === cluster.uid) : undefined;
  return owner ?? named(ownUser) ?? create() ?? named('postgres') ?? named('nobody');
}

function mayPass(user: User, folder: string): boolean {
  const { uid, gid, mode } = statSync(folder);
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  return (mode & bit) !== 0;
}

// The folders, from the root down to the given one, that the user cannot walk through.
function barriers(user: User, folder: string): string[] {
  const above = dirname(folder) === folder ? [] : barriers(user, dirname(folder));
  return mayPass(user, folder) ? above : [...above, folder];
}

// The narrowest privilege that walks past closed folders; containers often grant the second only.
function passCapability(): string | null {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const effective = BigInt(`0x${/^CapEff:\s*(\S+)/m.exec(status)?.[1] ?? '0'}`);
  if ((effective & 4n) !== 0n) return 'dac_read_search';
  return (effective & 2n) !== 0n ? 'dac_override' : null;
}

function ownTo(user: User): Runner['own'] {
  const give = (path: string, deep = false): void => {
    const entry = lstatSync(path);
    if (entry.isSymbolicLink()) return;
    if (entry.uid !== user.uid) chownSync(path, user.uid, user.gid);
    if (deep && entry.isDirectory()) for (const name of readdirSync(path)) give(join(path, name), true);
  };
  return give;
}

/** Decides who runs PostgreSQL and makes the data folder passable for that user. */
export function chooseRunner(
  dataDir: string,
  programs: string,
): { kind: 'chosen'; runner: Runner } | Faulted {
  if (process.getuid?.() !== 0) return { kind: 'chosen', runner: asStarted };
  const user = choose(dataDir);
  if (user === undefined) {
    return fault(
      'did-not-start',
      'PostgreSQL does not run as root and no other user could be made: start Latchkey as an ordinary user',
    );
  }
  const own = ownTo(user);
  if (!mayPass(user, dataDir)) {
    chownSync(dataDir, statSync(dataDir).uid, user.gid);
    chmodSync(dataDir, (statSync(dataDir).mode & 0o7777) | 0o010);
  }
  const closed = [...new Set([...barriers(user, dataDir), ...barriers(user, programs)])];
  const identity = { uid: user.uid, gid: user.gid };
  if (closed.length === 0) {
    return {
      kind: 'chosen',
      runner: { uid: user.uid, as: (file, args) => ({ file, args, identity }), own, remark: null },
    };
  }
  return throughClosed(user, own, closed);
}

// PostgreSQL keeps one privilege, walking past closed folders, rather than us opening somebody's home to all.
function throughClosed(
  user: User,
  own: Runner['own'],
  closed: string[],
): { kind: 'chosen'; runner: Runner } | Faulted {
  const capability = passCapability();
  const trial = spawnSync('setpriv', ['--version'], { stdio: 'ignore' });
  if (capability === null || trial.status !== 0) {
    return fault(
      'not-writable',
      `the user ${user.name}, who runs PostgreSQL in place of root, cannot enter ${closed.join(', ')}: ` +
        'move Latchkey to a folder open to all such as /opt or /srv, or start it as an ordinary user',
    );
  }
  const prefix = [
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
    // Without this the kernel's access(2), with which PostgreSQL looks at its own programs, ignores the privilege.
    '--securebits=+no_setuid_fixup',
    `--inh-caps=-all,+${capability}`,
    `--ambient-caps=-all,+${capability}`,
    '--',
  ];
  const as: Runner['as'] = (file, args) => ({
    file: 'setpriv',
    args: [...prefix, file, ...args],
    identity: {},
  });
  const remark = `PostgreSQL runs as ${user.name} with the privilege ${capability}, as ${closed.join(', ')} is closed to others`;
  return { kind: 'chosen', runner: { uid: user.uid, as, own, remark } };
}
