// Taking one's security questions away again.
import { Button } from '@mantine/core';
import css from '../factors/factors.module.css';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';

export function RemoveQuestions({ onDone }: { onDone: () => void }) {
  const { t } = useWords('questions');
  const remove = useWrite('DELETE /security-questions', {
    renews: [['security-questions']],
    onDone: () => {
      toast(t('remove.done'));
      onDone();
    },
  });
  return (
    <div className={css.form}>
      <p>{t('remove.words')}</p>
      <ProblemNote error={remove.error} />
      <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({})}>
        {t('remove.act')}
      </Button>
    </div>
  );
}
