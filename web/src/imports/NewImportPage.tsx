// The first step: what it is, which file; the upload shows how far it has come.
import { Button, Progress } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './imports.module.css';
import type { ImportObject } from './mapping.ts';
import { upload } from './upload.ts';

const objects: ImportObject[] = [
  'customer',
  'contact',
  'lead',
  'deal',
  'activity',
  'task',
  'product',
  'order',
];
const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'windows-1252'];

export default function NewImportPage() {
  const { t } = useWords('imports');
  const { may } = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [object, setObject] = useState<ImportObject>('customer');
  const [encoding, setEncoding] = useState('');
  const [going, setGoing] = useState<{ name: string; percent: number } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  async function take(file: File) {
    const stop = new AbortController();
    abort.current = stop;
    setError(null);
    // A card is a person: nobody should have to say so.
    const kind = /\.vcf$/i.test(file.name) ? 'contact' : object;
    setGoing({ name: file.name, percent: 0 });
    try {
      const draft = await upload({
        file,
        object: kind,
        encoding,
        signal: stop.signal,
        onProgress: percent => setGoing({ name: file.name, percent }),
      });
      queries.setQueryData(['imports', draft.id, 'preview'], draft);
      void queries.invalidateQueries({ queryKey: ['imports', 'list'] });
      await navigate({ to: '/imports/$id', params: { id: draft.id }, replace: true });
    } catch (problem) {
      if (!stop.signal.aborted) setError(problem);
      setGoing(null);
    }
  }
  return (
    <Page
      title={t('new.title')}
      lead={t('new.lead')}
      back={{ to: '/imports', label: t('title') }}
      width="reading"
    >
      <Card>
        <div className={css.form}>
          <fieldset className={css.objects} disabled={going !== null}>
            <legend>{t('new.object')}</legend>
            {objects
              .filter(one => may(`import:${one}`))
              .map(one => (
                <label key={one} className={css.object} data-chosen={one === object || undefined}>
                  <input
                    type="radio"
                    name="object"
                    checked={one === object}
                    onChange={() => setObject(one)}
                  />
                  <span>
                    <strong>{t(`object.${one}`)}</strong>
                    <span className={css.quiet}>{t(`about.${one}`)}</span>
                  </span>
                </label>
              ))}
          </fieldset>
          {going ? (
            <div className={css.going} role="status">
              <p>{t(going.percent < 100 ? 'new.sending' : 'new.reading', { name: going.name })}</p>
              <Progress
                value={going.percent}
                aria-label={t('new.progress')}
                striped={going.percent === 100}
                animated={going.percent === 100}
              />
              <Button variant="default" onClick={() => abort.current?.abort()}>
                {t('new.stop')}
              </Button>
            </div>
          ) : (
            <FileDrop onFile={file => void take(file)} />
          )}
          <ProblemNote error={error} />
          <details className={css.fold}>
            <summary>{t('new.encoding-open')}</summary>
            <SelectField
              label={t('new.encoding')}
              description={t('new.encoding-hint')}
              value={encoding}
              onValue={setEncoding}
              data={[
                { value: '', label: t('new.encoding-auto') },
                ...encodings.map(one => ({ value: one, label: one.toUpperCase() })),
              ]}
            />
          </details>
        </div>
      </Card>
    </Page>
  );
}

/** A place to drop a file on a desk, a large button on a phone. */
function FileDrop({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useWords('imports');
  const [over, setOver] = useState(false);
  return (
    <label
      className={css.drop}
      data-over={over || undefined}
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file) onFile(file);
      }}
    >
      <IconFileSpreadsheet size={36} stroke={1.25} aria-hidden />
      <strong>{t('new.choose')}</strong>
      <span className={css.quiet}>{t('new.drop')}</span>
      <input
        type="file"
        className="lk-hidden"
        accept=".csv,.txt,.tsv,.xlsx,.vcf,.jsonl,.ndjson,text/csv,text/plain,text/tab-separated-values,text/vcard,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        aria-label={t('new.choose')}
        onChange={event => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
    </label>
  );
}
