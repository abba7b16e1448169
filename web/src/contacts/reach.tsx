// A contact's call and letter, as thumb-sized buttons.
import { IconMail, IconPhone } from '@tabler/icons-react';
import { telOf } from '../customers/addresses.ts';
import { useWords } from '../words.ts';
import css from './contacts.module.css';
import type { Contact } from './form.ts';

export function ContactReach({ contact }: { contact: Contact }) {
  const { t } = useWords('contacts');
  const { name, phone, email } = contact;
  return (
    <span className={css.reach}>
      {email ? (
        <a href={`mailto:${email}`} aria-label={t('mail-name', { name })} title={email}>
          <IconMail size={20} stroke={1.75} aria-hidden />
        </a>
      ) : null}
      {phone ? (
        <a href={telOf(phone)} aria-label={t('call-name', { name })} title={phone}>
          <IconPhone size={20} stroke={1.75} aria-hidden />
        </a>
      ) : null}
    </span>
  );
}
