// The time zone of the company's days: due dates, digests and dates of documents go by it.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './roles.module.css';

const zones = Intl.supportedValuesOf('timeZone');

/** The clock there now; null for what is no time zone. */
function clockIn(timeZone: string, language: string): string | null {
  try {
    return new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format();
  } catch {
    return null;
  }
}

export function ZoneCard() {
  const { t, language } = useWords('roles');
  const [typed, setTyped] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ['workspace'],
    queryFn: ({ signal }) => api('GET /workspace', { signal }),
  });
  const save = useWrite('PUT /workspace', {
    renews: [['workspace'], ['audit']],
    onDone: () => {
      setTyped(null);
      toast(t('zone.saved'));
    },
  });
  if (!query.data) return null;
  const zone = typed ?? query.data.timeZone;
  const clock = zone.trim() ? clockIn(zone.trim(), language) : null;
  const changed = typed !== null && zone.trim() !== query.data.timeZone;
  return (
    <Card title={t('zone.title')}>
      <Form
        className={css.form ?? ''}
        onSubmit={() => {
          if (changed && clock && !save.isPending) save.mutate({ body: { timeZone: zone.trim() } });
        }}
      >
        <p className="lk-hint">{t('zone.words')}</p>
        <TextField
          label={t('zone.label')}
          description={clock ? t('zone.now', { clock }) : null}
          list="lk-zones"
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          value={zone}
          onValue={setTyped}
          error={clock ? null : t('zone.wrong')}
        />
        <datalist id="lk-zones">
          {zones.map(one => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <ProblemNote error={save.error} />
        <Button type="submit" variant="default" disabled={!changed || !clock} loading={save.isPending}>
          {t('zone.save')}
        </Button>
      </Form>
    </Card>
  );
}
