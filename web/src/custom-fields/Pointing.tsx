// A value that points elsewhere: a file to be saved, or the record it links to, by name where one may know it.
import { IconPaperclip } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useWords } from '../words.ts';
import css from './custom-fields.module.css';
import { refOf } from './known-names.ts';
import { useName } from './names.ts';
import type { CustomField } from './values.ts';

export default function Pointing({ field, value }: { field: CustomField; value: string }) {
  const { t } = useWords('custom-fields');
  const name = useName(refOf(field, value));
  if (name === undefined) return null;
  if (name === null) return <span className={css.quiet}>{t('away')}</span>;
  if (field.kind === 'file')
    return (
      <a className={`lk-link ${css.file}`} href={`/api/v1/files/${value}/content`} download={name}>
        <IconPaperclip size={16} aria-hidden />
        {name}
      </a>
    );
  const shared = { params: { id: value }, className: 'lk-link' };
  switch (field.target) {
    case 'customer':
      return (
        <Link to="/customers/$id" {...shared}>
          {name}
        </Link>
      );
    case 'lead':
      return (
        <Link to="/leads/$id" {...shared}>
          {name}
        </Link>
      );
    case 'deal':
      return (
        <Link to="/deals/$id" {...shared}>
          {name}
        </Link>
      );
    case 'order':
      return (
        <Link to="/orders/$id" {...shared}>
          {name}
        </Link>
      );
    case 'product':
      return (
        <Link to="/products/$id" {...shared}>
          {name}
        </Link>
      );
    default:
      return (
        <Link to="/contacts" search={{ q: name }} className="lk-link">
          {name}
        </Link>
      );
  }
}
