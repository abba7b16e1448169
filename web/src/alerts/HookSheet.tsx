// Adding or changing a webhook; a secret that was made is shown once.
import { useState } from 'react';
import { Sheet } from '../ui/Sheet.tsx';
import { useWords } from '../words.ts';
import { HookForm } from './HookForm.tsx';
import { HookSecret } from './HookSecret.tsx';
import type { Hook } from './Hooks.tsx';

type Made = { name: string; secret: string };
type HookSheetProps = { hook: Hook | null; opened: boolean; onClose: () => void };

export function HookSheet({ hook, opened, onClose }: HookSheetProps) {
  const { t } = useWords('alerts');
  const [made, setMade] = useState<Made | null>(null);
  function close() {
    setMade(null);
    onClose();
  }
  const title = made ? t('secret.title') : hook ? t('form.edit') : t('form.add');
  return (
    <Sheet opened={opened} onClose={close} title={title} closable={made === null}>
      {made ? (
        <HookSecret {...made} onDone={close} />
      ) : (
        <HookForm key={hook?.id ?? 'new'} hook={hook} onSecret={setMade} onDone={close} />
      )}
    </Sheet>
  );
}
