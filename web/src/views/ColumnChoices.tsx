// Which columns a table shows; the first one names the record and is always there.
import { Checkbox, Menu } from '@mantine/core';
import { MenuFrame } from '../ui/MenuFrame.tsx';
import type { Framed } from '../ui/menus.tsx';
import { useWords } from '../words.ts';
import type { Offered } from './columns.tsx';

type ColumnChoicesProps = Framed & {
  offered: Offered[];
  cols: string | undefined;
  onChange: (cols: string) => void;
};

export default function ColumnChoices({ target, offered, cols, onChange }: ColumnChoicesProps) {
  const { t } = useWords('views');
  const [, ...free] = offered;
  const shown = cols
    ? cols.split(',')
    : free.filter(one => !one.key.startsWith('custom.') && !one.further).map(one => one.key);
  const toggle = (key: string) => {
    const next = shown.includes(key) ? shown.filter(one => one !== key) : [...shown, key];
    onChange((next.length > 0 ? next : [offered[0]?.key ?? '']).join(','));
  };
  return (
    <MenuFrame target={target} position="bottom-start" closeOnItemClick={false} width={240}>
      {free.map(column => (
        <Menu.Item
          key={column.key}
          role="menuitemcheckbox"
          aria-checked={shown.includes(column.key)}
          onClick={() => toggle(column.key)}
          leftSection={<Checkbox.Indicator checked={shown.includes(column.key)} size="xs" aria-hidden />}
        >
          {column.head}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item onClick={() => onChange('')}>{t('columns.usual')}</Menu.Item>
    </MenuFrame>
  );
}
