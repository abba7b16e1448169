// One address: verify it, ask for it at sign-in, or remove it.
import { Button } from '@mantine/core';
import css from '../factors/factors.module.css';
import { factorsKey } from '../factors/use-factors.ts';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { type ContactPoint, contactPointsKey } from './use-contact-points.ts';
import { VerifyContactPoint } from './VerifyContactPoint.tsx';

export function ContactPointSheet({ point, onDone }: { point: ContactPoint; onDone: () => void }) {
  const { t } = useWords('contact-points');
  const { id, value } = point;
  const params = { id };
  const renews = [contactPointsKey, factorsKey];
  const done = (words: string) => () => {
    toast(words);
    onDone();
  };
  const use = useWrite('PUT /contact-points/{id}/factor', {
    renews,
    onDone: done(t(point.factor ? 'use-off' : 'use-on')),
  });
  const remove = useWrite('DELETE /contact-points/{id}', { renews, onDone: done(t('removed')) });
  return (
    <div className={css.form}>
      {point.verified ? null : <VerifyContactPoint id={id} value={value} sent={false} onDone={onDone} />}
      {point.verified && point.kind === 'sms' ? (
        <>
          <p>{t('use-why')}</p>
          <ProblemNote error={use.error} />
          <Button
            variant="default"
            loading={use.isPending}
            onClick={() => use.mutate({ params, body: { on: !point.factor } })}
          >
            {t(point.factor ? 'stop-using' : 'use')}
          </Button>
        </>
      ) : null}
      <p>{t('remove-why')}</p>
      <ProblemNote error={remove.error} />
      <Button
        variant="default"
        color="red"
        loading={remove.isPending}
        onClick={() => remove.mutate({ params })}
      >
        {t('remove')}
      </Button>
    </div>
  );
}
