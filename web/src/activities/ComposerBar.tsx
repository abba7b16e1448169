// On a phone: the bar above the bottom navigation that is always there to write a follow-up or to call.
import { Button } from '@mantine/core';
import { IconPencilPlus, IconPhone } from '@tabler/icons-react';
import { Sheet } from '../ui/Sheet.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import css from './activities.module.css';
import { Composer } from './Composer.tsx';
import { type Callee, callTo } from './calls.ts';

type ComposerBarProps = { party: Callee & { phone: string | null } };

export function ComposerBar({ party }: ComposerBarProps) {
  const { t } = useWords('activities');
  const sheet = useSheet();
  const call = party.phone ? callTo(party, party.phone) : null;
  const about = party.isLead ? { leadId: party.id } : { customerId: party.id };
  return (
    <>
      <div className={css.bar}>
        {call ? (
          <a
            className={css.dial}
            href={call.href}
            onClick={call.onClick}
            aria-label={t('call', { name: party.name })}
          >
            <IconPhone size={22} stroke={1.75} aria-hidden />
          </a>
        ) : null}
        <Button
          className={css.write ?? ''}
          leftSection={<IconPencilPlus size={20} aria-hidden />}
          aria-haspopup="dialog"
          onClick={() => sheet.open('write')}
        >
          {t('write')}
        </Button>
      </div>
      <Sheet opened={sheet.is('write')} onClose={sheet.close} title={t('new')}>
        <Composer about={about} onSaved={sheet.close} inSheet />
      </Sheet>
    </>
  );
}
