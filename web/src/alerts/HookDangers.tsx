// What ends something for a webhook: a new secret, and its removal, which asks once more.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './alerts.module.css';
import type { Hook } from './Hooks.tsx';

type HookDangersProps = {
  hook: Hook;
  onSecret: (made: { name: string; secret: string }) => void;
  onRemoved: () => void;
};

export function HookDangers({ hook, onSecret, onRemoved }: HookDangersProps) {
  const { t } = useWords('alerts');
  const [sure, setSure] = useState(false);
  const params = { id: hook.id };
  const renew = useWrite('PATCH /alerts/hooks/{id}', {
    renews: [['alerts']],
    onDone: ({ body }) => {
      if (body.secret) onSecret({ name: hook.name, secret: body.secret });
    },
  });
  const remove = useWrite('DELETE /alerts/hooks/{id}', {
    renews: [['alerts']],
    onDone: () => {
      toast(t('form.removed'));
      onRemoved();
    },
  });
  return (
    <div className={css.dangers}>
      {hook.format === 'latchkey' ? (
        <>
          <p className={css.quiet}>{t('form.renew-hint')}</p>
          <Button
            variant="default"
            loading={renew.isPending}
            onClick={() => renew.mutate({ params, body: { renewSecret: true } })}
            fullWidth
          >
            {t('form.renew')}
          </Button>
        </>
      ) : null}
      {sure ? <p>{t('form.remove-sure')}</p> : null}
      <Button
        variant={sure ? 'filled' : 'default'}
        color="red"
        loading={remove.isPending}
        onClick={() => (sure ? remove.mutate({ params }) : setSure(true))}
        fullWidth
      >
        {sure ? t('form.remove-act') : t('form.remove')}
      </Button>
      <ProblemNote error={renew.error ?? remove.error} />
    </div>
  );
}
