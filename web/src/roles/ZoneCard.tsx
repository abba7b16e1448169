// What the company chooses for everybody: the time zone of its days, and how long devices keep what they took along.
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
  const [hours, setHours] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ['workspace'],
    queryFn: ({ signal }) => api('GET /workspace', { signal }),
  });
  const save = useWrite('PUT /workspace', {
    renews: [['workspace'], ['audit']],
    onDone: () => {
      setTyped(null);
      setHours(null);
      toast(t('zone.saved'));
    },
  });
  if (!query.data) return null;
  const zone = typed ?? query.data.timeZone;
  const clock = zone.trim() ? clockIn(zone.trim(), language) : null;
  const offline = hours ?? String(query.data.offlineHours);
  const isSpan = /^\d{1,3}$/.test(offline) && Number(offline) >= 1 && Number(offline) <= 168;
  const changed =
    (typed !== null && zone.trim() !== query.data.timeZone) ||
    (hours !== null && offline !== String(query.data.offlineHours));
  const ready = changed && clock !== null && isSpan;
  return (
    <Card title={t('zone.title')}>
      <Form
        className={css.form ?? ''}
        onSubmit={() => {
          if (!ready || save.isPending) return;
          const timeZone = typed === null ? {} : { timeZone: zone.trim() };
          save.mutate({ body: { ...timeZone, offlineHours: Number(offline) } });
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
        <TextField
          label={t('zone.offline')}
          description={t('zone.offline-words')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={3}
          value={offline}
          onValue={setHours}
          error={isSpan ? null : t('zone.offline-wrong')}
        />
        <ProblemNote error={save.error} />
        <Button type="submit" variant="default" disabled={!ready} loading={save.isPending}>
          {t('zone.save')}
        </Button>
      </Form>
    </Card>
  );
}
