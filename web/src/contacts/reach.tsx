// A contact's call and letter, as thumb-sized buttons.
import { IconMail, IconPhone } from '@tabler/icons-react';
import { callTo } from '../activities/calls.ts';
import { useWords } from '../words.ts';
import css from './contacts.module.css';
import type { Contact } from './form.ts';

export function ContactReach({ contact }: { contact: Contact }) {
  const { t } = useWords('contacts');
  const { name, phone, email } = contact;
  const call = phone ? callTo(contact.customer, phone, contact) : null;
  return (
    <span className={css.reach}>
      {email ? (
        <a href={`mailto:${email}`} aria-label={t('mail-name', { name })} title={email}>
          <IconMail size={20} stroke={1.75} aria-hidden />
        </a>
      ) : null}
      {call && phone ? (
        <a href={call.href} onClick={call.onClick} aria-label={t('call-name', { name })} title={phone}>
          <IconPhone size={20} stroke={1.75} aria-hidden />
        </a>
      ) : null}
    </span>
  );
}
