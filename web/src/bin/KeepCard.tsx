// How long the bin keeps what lies in it: said to everybody, set by an administrator.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './bin.module.css';

const usual = [7, 30, 60, 90, 180, 365, 1095];

export function KeepCard() {
  const { t } = useWords('bin');
  const { may } = useMe();
  const query = useQuery({
    queryKey: ['bin', 'settings'],
    queryFn: ({ signal }) => api('GET /bin/settings', { signal }),
  });
  const save = useWrite('PUT /bin/settings', {
    renews: [['bin']],
    onDone: ({ body }) => toast(t('keep.saved', { count: body.days })),
  });
  const days = query.data?.days;
  if (days === undefined) return null;
  if (!may('configure:policy')) return <p className={css.quiet}>{t('keep.told', { count: days })}</p>;
  const choices = [...new Set([...usual, days])].sort((a, b) => a - b);
  return (
    <Card title={t('keep.title')}>
      <SelectField
        label={t('keep.label')}
        description={t('keep.hint')}
        value={String(days)}
        disabled={save.isPending}
        onValue={value => save.mutate({ body: { days: Number(value) } })}
        data={choices.map(one => ({ value: String(one), label: t('keep.days', { count: one }) }))}
      />
      <ProblemNote error={save.error} />
    </Card>
  );
}
