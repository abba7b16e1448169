// Which kinds of alert a webhook is sent: all, or chosen ones.
import { Checkbox, Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { useWords } from '../words.ts';
import css from './alerts.module.css';
import type { Kinds } from './HookForm.tsx';

type KindFieldsProps = {
  some: boolean;
  kinds: Kinds;
  wrong: string | null;
  onChange: (change: { some?: boolean; kinds?: Kinds }) => void;
};

export function KindFields({ some, kinds, wrong, onChange }: KindFieldsProps) {
  const { t } = useWords('alerts');
  const settings = useQuery({
    queryKey: ['alerts', 'settings'],
    queryFn: ({ signal }) => api('GET /alerts/settings', { signal }),
  });
  return (
    <div className={css.checks}>
      <Radio.Group
        label={t('form.kinds')}
        value={some ? 'some' : 'all'}
        onChange={value => onChange({ some: value === 'some' })}
        error={wrong}
      >
        <div className={css.checks}>
          <Radio value="all" label={t('form.all')} />
          <Radio value="some" label={t('form.some')} />
        </div>
      </Radio.Group>
      {some ? (
        <div className={css.inner}>
          {settings.data?.kinds.map(({ kind, title }) => (
            <Checkbox
              key={kind}
              label={title}
              checked={kinds.includes(kind)}
              onChange={event =>
                onChange({
                  kinds: event.currentTarget.checked ? [...kinds, kind] : kinds.filter(one => one !== kind),
                })
              }
            />
          ))}
        </div>
      ) : null}
    </div>
  );
}
