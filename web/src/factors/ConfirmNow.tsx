// The form of showing oneself again, whenever the last time was: the server has just said that it does not do.
import { Failed, LoadingRows } from '../ui/states.tsx';
import { Confirm } from './ConfirmFirst.tsx';
import { useFactors } from './use-factors.ts';

export function ConfirmNow({ onDone }: { onDone: () => void }) {
  const { data, error, refetch } = useFactors();
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  return data ? <Confirm factors={data} onDone={onDone} /> : <LoadingRows rows={2} />;
}
