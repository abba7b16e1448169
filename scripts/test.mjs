// `npm test`: style, types, every test of the workspaces and the browser stories; closes with one count.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { prepare, root, runtime, runtimeEnvironment } from './prepare.mjs';

const filters = process.argv.slice(2);
const tally = { passed: 0, failed: 0 };

function count(passed, failed) {
  tally.passed += passed;
  tally.failed += failed;
}

function finish() {
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  process.exit(tally.failed === 0 ? 0 : 1);
}

const environment = {
  ...runtimeEnvironment,
  PATH: `${dirname(runtime)}${delimiter}${process.env.PATH ?? ''}`,
};

function onRuntime(args, more = {}) {
  return (
    spawnSync(runtime, args, { cwd: root, stdio: 'inherit', env: { ...environment, ...more } }).status === 0
  );
}

function check(title, program, args) {
  console.log(`\n· ${title}`);
  const right = onRuntime([join(root, 'node_modules', ...program), ...args]);
  count(right ? 1 : 0, right ? 0 : 1);
}

// A file that cannot even be loaded has no tests in the report, yet it has failed.
function countReport(path, right) {
  if (!existsSync(path)) return count(0, 1);
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const unloaded = report.testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + unloaded;
  count(report.numPassedTests, right ? failed : Math.max(1, failed));
}

function vitest(title, args, more) {
  console.log(`\n· ${title}`);
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-report-'));
  const report = join(folder, 'report.json');
  const right = onRuntime(
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      ...args,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...(filters.length > 0 ? ['--passWithNoTests', ...filters] : []),
    ],
    more,
  );
  countReport(report, right);
  rmSync(folder, { recursive: true, force: true });
}

process.on('exit', code => {
  // Preparation gives up with its own words; the count still closes the output.
  if (code !== 0 && tally.passed + tally.failed === 0) console.log('0 passed, 1 failed');
});

prepare();
if (filters.length === 0) {
  check('style', ['@biomejs', 'biome', 'bin', 'biome'], ['check', '.']);
  for (const workspace of ['engine', 'server', 'web', 'journeys']) {
    check(`types of ${workspace}`, ['typescript', 'bin', 'tsc'], ['-p', workspace]);
  }
}
vitest('engine, server, web', []);
if (existsSync(join(root, 'journeys', 'vitest.config.ts'))) {
  const chromium = await findChromium();
  if (chromium === null) count(0, 1);
  else vitest('journeys', ['--config', 'journeys/vitest.config.ts'], { CHROMIUM_PATH: chromium });
}
finish();
