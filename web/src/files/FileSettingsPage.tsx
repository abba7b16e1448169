// What files people may attach, and what all of them take up: for administrators.
import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { number } from '../formats.ts';
import { SelectField } from '../ui/fields.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Failed, LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './files.module.css';
import { kinds } from './kinds.ts';
import { sizeWords } from './upload.ts';

type Settings = Calls['GET /files/settings']['reply'];

const usual = [1, 5, 10, 25, 50, 100, 200, 500];

export default function FileSettingsPage() {
  const { t } = useWords('files');
  const query = useQuery({
    queryKey: ['files', 'settings'],
    queryFn: ({ signal }) => api('GET /files/settings', { signal }),
  });
  return (
    <Page title={t('settings.title')} lead={t('settings.lead')} width="reading">
      {query.isPending ? <LoadingRecord /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? (
        <>
          <Used used={query.data.used} />
          <Allowed settings={query.data} />
        </>
      ) : null}
    </Page>
  );
}

function Used({ used }: { used: Settings['used'] }) {
  const { t } = useWords('files');
  const rows = [
    [t('settings.all'), t('settings.sum', { count: used.files, size: sizeWords(used.bytes) })],
    [
      t('settings.binned'),
      <Link key="bin" to="/bin" search={{ object: 'file' }} className="lk-link">
        {t('settings.sum', { count: used.binned, size: sizeWords(used.binnedBytes) })}
      </Link>,
    ],
    [t('settings.place'), t(`settings.place-${used.place}`)],
    ...(used.freeBytes === null ? [] : [[t('settings.free'), sizeWords(used.freeBytes)]]),
  ];
  return (
    <Card title={t('settings.used')}>
      <dl className={css.used}>
        {rows.map(([label, value]) => (
          <div key={String(label)}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {used.elsewhere > 0 ? (
        <p className="lk-hint">
          {t('settings.elsewhere', { count: used.elsewhere, number: number(used.elsewhere) })}
        </p>
      ) : null}
    </Card>
  );
}

/** Each choice saves by itself. */
function Allowed({ settings }: { settings: Settings }) {
  const { t } = useWords('files');
  const save = useWrite('PUT /files/settings', {
    renews: [['files']],
    onDone: () => toast(t('settings.saved')),
  });
  const { megabytes, kinds: only } = settings;
  const chosen = only ?? kinds;
  const put = (change: Partial<Pick<Settings, 'megabytes' | 'kinds'>>) =>
    save.mutate({ body: { megabytes, kinds: only, ...change } });
  const sizes = [...new Set([...usual, megabytes])].sort((a, b) => a - b);
  return (
    <Card title={t('settings.allowed')}>
      <div className="lk-stack">
        <SelectField
          label={t('settings.largest')}
          value={String(megabytes)}
          disabled={save.isPending}
          onValue={value => put({ megabytes: Number(value) })}
          data={sizes.map(size => ({ value: String(size), label: `${size} MB` }))}
        />
        <fieldset className={css.kinds}>
          <legend>{t('settings.kinds')}</legend>
          {kinds.map(kind => {
            const on = chosen.includes(kind);
            return (
              <Checkbox
                key={kind}
                label={t(`kind.${kind}`)}
                checked={on}
                // One kind at least, or nothing could be attached.
                disabled={save.isPending || (on && chosen.length === 1)}
                onChange={() => {
                  const next = kinds.filter(one => (one === kind ? !on : chosen.includes(one)));
                  put({ kinds: next.length === kinds.length ? null : next });
                }}
              />
            );
          })}
        </fieldset>
        <p className="lk-hint">{t('settings.hint')}</p>
        <ProblemNote error={save.error} />
      </div>
    </Card>
  );
}
