// Takes the records of a list away as a file: which format, then the browser saves it while progress is shown.
import { Button, Checkbox } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { number } from '../formats.ts';
import { Note } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './exports.module.css';

type Asked = Calls['POST /exports']['body'];
export type ExportObject = Asked['object'];
type Format = NonNullable<Asked['format']>;

const formats: Record<ExportObject, Format[]> = {
  customer: ['xlsx', 'csv', 'jsonl', 'ics'],
  contact: ['xlsx', 'csv', 'vcard', 'jsonl'],
  lead: ['xlsx', 'csv', 'vcard', 'jsonl'],
  deal: ['xlsx', 'csv', 'jsonl'],
  activity: ['xlsx', 'csv', 'jsonl', 'ics'],
  task: ['xlsx', 'csv', 'jsonl', 'ics'],
  product: ['xlsx', 'csv', 'jsonl'],
  order: ['xlsx', 'csv', 'jsonl'],
  everything: ['csv', 'xlsx', 'jsonl'],
};

type ExportSheetProps = {
  object: ExportObject;
  /** As the list takes them; the file holds what the list shows. */
  filters?: Record<string, string>;
  opened: boolean;
  onClose: () => void;
};

export function ExportSheet({ object, filters = {}, opened, onClose }: ExportSheetProps) {
  const { t, language } = useWords('exports');
  const [format, setFormat] = useState<Format>(formats[object][0] ?? 'csv');
  const [files, setFiles] = useState(false);
  const [id, setId] = useState<string | null>(null);
  const ask = useWrite('POST /exports', {
    onDone: ({ body }) => {
      setId(body.id);
      // The browser saves the file itself, however large it is.
      window.location.assign(body.href);
    },
  });
  const progress = useQuery({
    queryKey: ['exports', id],
    queryFn: ({ signal }) => api('GET /exports/{id}', { params: { id: id ?? '' }, signal }),
    enabled: id !== null,
    refetchInterval: ({ state }) =>
      state.data?.state === 'done' || state.data?.state === 'broken' ? false : 1000,
  });
  const now = progress.data;
  const close = () => {
    setId(null);
    onClose();
  };
  return (
    <Sheet opened={opened} onClose={close} title={t(`title.${object}`)}>
      <div className={css.form}>
        <p className="lk-hint">{t(Object.keys(filters).length > 0 ? 'lead-filtered' : 'lead')}</p>
        <fieldset className={css.formats} disabled={ask.isPending}>
          <legend className="lk-hidden">{t('format')}</legend>
          {formats[object].map(one => (
            <label key={one} className={css.format} data-chosen={one === format || undefined}>
              <input
                type="radio"
                name="export-format"
                checked={one === format}
                onChange={() => setFormat(one)}
              />
              <span>
                <strong>{t(`formats.${one}.name`)}</strong>
                <span className="lk-hint">{t(`formats.${one}.about`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {object === 'everything' ? (
          <Checkbox
            label={t('files')}
            description={t('files-hint')}
            checked={files}
            onChange={event => setFiles(event.currentTarget.checked)}
          />
        ) : null}
        <ProblemNote error={ask.error} />
        <div role="status">
          {now ? (
            <Note tone={now.state === 'done' ? 'good' : now.state === 'broken' ? 'warn' : 'plain'}>
              {t(`state.${now.state}`, { done: number(now.done) })}
            </Note>
          ) : null}
        </div>
        <Button
          leftSection={<IconDownload size={18} aria-hidden />}
          loading={ask.isPending}
          onClick={() => ask.mutate({ body: { object, format, filters, language, files } })}
        >
          {t('download')}
        </Button>
      </div>
    </Sheet>
  );
}
