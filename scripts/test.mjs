// `npm test`: style, types, every test of the workspaces and the browser stories; closes with one count.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { findChromium } from './chromium.mjs';
import { prepare, root, runtime, runtimeEnvironment } from './prepare.mjs';

const filters = process.argv.slice(2);
const tally = { passed: 0, failed: 0 };
/** What failed, said once more before the count: whoever keeps only the end of the output finds it there. */
const failures = [];

function count(passed, failed) {
  tally.passed += passed;
  tally.failed += failed;
}

function finish() {
  for (const { what, why } of failures)
    console.log(`\nFAILED ${what}\n${why.split('\n').slice(0, 12).join('\n')}`);
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
  if (!right) failures.push({ what: title, why: 'said above' });
}

// A file that cannot even be loaded has no tests in the report, yet it has failed; so has a run that left no report.
function countReport(title, path, right) {
  const before = failures.length;
  let passed = 0;
  if (existsSync(path)) {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    passed = report.numPassedTests;
    for (const { name, status, message, assertionResults } of report.testResults) {
      const file = relative(root, name);
      const failed = assertionResults.filter(test => test.status === 'failed');
      for (const { fullName, failureMessages } of failed)
        failures.push({ what: `${file} › ${fullName}`, why: failureMessages.join('\n') });
      if (status === 'failed' && failed.length === 0) failures.push({ what: file, why: message });
    }
  }
  if ((!right || !existsSync(path)) && failures.length === before)
    failures.push({ what: title, why: 'said above' });
  count(passed, failures.length - before);
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
  countReport(title, report, right);
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
  if (chromium === null) {
    count(0, 1);
    failures.push({ what: 'journeys', why: 'no browser, as said above' });
  } else vitest('journeys', ['--config', 'journeys/vitest.config.ts'], { CHROMIUM_PATH: chromium });
}
finish();
