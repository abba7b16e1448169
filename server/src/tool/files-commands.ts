// `latchkey files status|move`: where attached files lie, and bringing them over to a bucket or back.
import * as files from '../files/files.ts';
import type { Command, Done } from './commands.ts';

const mebibytes = (bytes: number) => `${Math.round(bytes / 104_857.6) / 10} MiB`;

export const filesCommands: Record<string, Command> = {
  'files status': {
    usage: 'files status — how many files there are, where new ones go, how many lie elsewhere',
    run: async world => {
      const value = await files.usage(world);
      const lines = [
        `files      ${value.files}, ${mebibytes(value.bytes)}`,
        `in the bin ${value.binned}, ${mebibytes(value.binnedBytes)}`,
        `new ones   go to the ${value.place}`,
        `elsewhere  ${value.elsewhere}`,
      ];
      return { ok: true, lines, value };
    },
  },
  'files move': {
    usage:
      'files move [--to bucket|folder] — brings all files to where new ones go, or as said; may be broken off and begun again, while people work',
    run: async (world, _, options): Promise<Done> => {
      const to = options.to ?? (await files.usage(world)).place;
      if (to !== 'bucket' && to !== 'folder') return fault('give --to bucket or --to folder');
      if (to === 'bucket' && !world.config.bucket) return fault('there is no bucket: set LATCHKEY_S3_…');
      const done = await files.move(world, to);
      const lines = [
        `moved ${done.moved} files, ${mebibytes(done.bytes)}`,
        ...done.failed.map(one => `not moved: ${one.name} (${one.id}): ${one.why}`),
        ...(done.away ? [`stopped: ${done.away}; run it again to go on`] : []),
      ];
      return { ok: done.failed.length === 0 && done.away === null, lines, value: done };
    },
  },
};

function fault(line: string): Done {
  return { ok: false, lines: [line], value: { error: line } };
}
