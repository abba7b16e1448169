// On a phone: the bar above the bottom navigation that is always there to write a follow-up or to call.
import { Button } from '@mantine/core';
import { IconPencilPlus, IconPhone } from '@tabler/icons-react';
import type { Customer } from '../customers/form.ts';
import { Sheet } from '../ui/Sheet.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import css from './activities.module.css';
import { Composer } from './Composer.tsx';
import { callTo } from './calls.ts';

export function ComposerBar({ customer }: { customer: Customer }) {
  const { t } = useWords('activities');
  const sheet = useSheet();
  const call = customer.phone ? callTo(customer, customer.phone) : null;
  return (
    <>
      <div className={css.bar}>
        {call ? (
          <a
            className={css.dial}
            href={call.href}
            onClick={call.onClick}
            aria-label={t('call', { name: customer.name })}
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
        <Composer customerId={customer.id} onSaved={sheet.close} inSheet />
      </Sheet>
    </>
  );
}
