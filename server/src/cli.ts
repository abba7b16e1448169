// `latchkey`: the administrator's tool on the server. Exit 0 only when done.
import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { commands, type Options } from './tool/commands.ts';
import { openForTool } from './tool/open.ts';

const { tokens } = parseArgs({ allowPositionals: true, strict: false, tokens: true });
/** Options without a value. */
const flags = new Set(['json', 'all', 'remove-factors', 'code', 'locked']);
const options: Options = {};
const words: string[] = [];
for (let i = 0; i < tokens.length; i++) {
  const token = tokens[i];
  if (token?.kind === 'positional') words.push(token.value);
  if (token?.kind !== 'option') continue;
  const next = tokens[i + 1];
  if (token.value !== undefined) options[token.name] = token.value;
  else if (next?.kind === 'positional' && !flags.has(token.name)) {
    options[token.name] = next.value;
    i++;
  } else options[token.name] = true;
}

const two = words.slice(0, 2).join(' ');
const name = two in commands ? two : (words[0] ?? '');
const command = commands[name];
if (!command) {
  console.error(
    ['latchkey <command> [--json]', ...Object.values(commands).map(c => `  ${c.usage}`)].join('\n'),
  );
  process.exit(2);
}

const read = readConfig(process.env);
if (read.kind === 'faulty') {
  console.error(read.faults.join('\n'));
  process.exit(2);
}
const opened = await openForTool(read.config);
if (opened.kind === 'fault') {
  console.error(opened.sentence);
  process.exit(3);
}
let ok = false;
try {
  const done = await command.run(opened.world, words.slice(name.split(' ').length), options);
  ok = done.ok;
  if (options.json) console.log(JSON.stringify(done.value, null, 2));
  else for (const line of done.lines) (ok ? console.log : console.error)(line);
} finally {
  await opened.close();
}
process.exit(ok ? 0 : 1);
