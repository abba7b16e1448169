// Removing a further role, or putting one of the four back to how it came.
import { Button } from '@mantine/core';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { RoleItem } from './policy.ts';
import css from './roles.module.css';

export function RemoveRole({ role, onDone }: { role: RoleItem; onDone: () => void }) {
  const { t } = useWords('roles');
  const further = role.name !== null;
  const remove = useWrite('DELETE /roles/{key}', {
    renews: [['roles'], ['session'], ['audit']],
    onDone: () => {
      toast(t(further ? 'removal.done' : 'removal.reset-done'));
      onDone();
    },
  });
  return (
    <div className={css.form}>
      <p>{further ? t('removal.words') : t('removal.reset-words', { count: role.people })}</p>
      <ProblemNote error={remove.error} />
      <Button
        color="red"
        loading={remove.isPending}
        onClick={() => remove.mutate({ params: { key: role.key }, ifMatch: `"v${role.version}"` })}
        fullWidth
      >
        {t(further ? 'removal.go' : 'removal.reset-go')}
      </Button>
    </div>
  );
}
