// Where the server wants to know again who is there before it acts: a sheet that asks, and then the same action once more.
import { useEffect } from 'react';
import { Problem } from '../problem.ts';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { ConfirmFirst } from './ConfirmFirst.tsx';

type Write<V> = {
  error: Error | null;
  variables: V | undefined;
  mutate: (variables: V) => void;
  reset: () => void;
};

const wantsProof = (error: Error | null) => error instanceof Problem && error.code === 'confirm-first';

/** What is to be told of an error: nothing where `AskAgain` answers it. */
export const besidesAsking = (error: Error | null) => (wantsProof(error) ? null : error);

export function AskAgain<V>({ write }: { write: Write<V> }) {
  const { t } = useWords('factors');
  const { variables } = write;
  const opened = wantsProof(write.error) && variables !== undefined;
  return (
    <Sheet opened={opened} onClose={write.reset} title={t('confirm.title')}>
      {opened ? (
        <ConfirmFirst>
          <Again mutate={write.mutate} variables={variables} />
        </ConfirmFirst>
      ) : null}
    </Sheet>
  );
}

/** Acts once, when the check has been passed. */
function Again<V>({ mutate, variables }: { mutate: (variables: V) => void; variables: V }) {
  useEffect(() => mutate(variables), [mutate, variables]);
  return <LoadingRows rows={1} />;
}
