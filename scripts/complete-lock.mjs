// Adds to package-lock.json the packages for other platforms that npm left out, without which `npm ci` refuses.
// npm leaves out what the registry at hand did not have; run this after adding packages.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = ['arm64', 'arm', 'x64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x'];

/** Where a package runs, read from its name as all of them spell it: …-linux-x64-musl. */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = systems.find(system => words.includes(system));
  const cpu = processors.find(processor => words.includes(processor));
  if (os === undefined || cpu === undefined) return null;
  const libc = words.some(word => word.startsWith('musl')) ? 'musl' : 'glibc';
  return { cpu: [cpu], os: [os], ...(os === 'linux' ? { libc: [libc] } : {}) };
}

/** The entries a lock lacks: path, and what stands there when npm knows the package. */
export function missingEntries(lock) {
  return Object.entries(lock.packages).flatMap(([place, parent]) =>
    Object.entries(parent.optionalDependencies ?? {}).flatMap(([name, version]) => {
      const here = `node_modules/${name}`;
      if (lock.packages[here] || lock.packages[`${place}/${here}`]) return [];
      const platform = platformOf(name);
      if (platform === null || !/^\d/.test(version)) return [];
      const dev = parent.dev === true ? { dev: true } : {};
      return [[here, { version, ...platform, ...dev, license: parent.license, optional: true }]];
    }),
  );
}

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const missing = missingEntries(lock);
  const [own, ...others] = [...Object.entries(lock.packages), ...missing];
  others.sort(([a], [b]) => (a < b ? -1 : 1));
  lock.packages = Object.fromEntries([own, ...others]);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${missing.length} added`);
}
