// The views one may choose from, and what becomes of the one that stands.
import { Menu } from '@mantine/core';
import { MenuFrame } from '../ui/MenuFrame.tsx';
import type { Framed } from '../ui/menus.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { Kept, SavedView } from './view.ts';

type ViewChoicesProps = Framed & {
  views: SavedView[];
  current: SavedView | undefined;
  /** Whether the list shows something else than the view, or than the usual. */
  altered: boolean;
  kept: Kept;
  title: string;
  /** Null: the usual list. */
  onChoose: (view: SavedView | null) => void;
  onSave: () => void;
};

const audiences = ['own', 'team', 'all'] as const;
const renews = [['views']];

export default function ViewChoices(props: ViewChoicesProps) {
  const { views, current, altered, kept, title, onChoose, onSave } = props;
  const { t } = useWords('views');
  const change = useWrite('PATCH /views/{id}', { renews, onDone: () => toast(t('changed')) });
  const remove = useWrite('DELETE /views/{id}', {
    renews,
    onDone: () => {
      toast(t('removed'));
      onChoose(null);
    },
  });
  return (
    <MenuFrame target={props.target} position="bottom-start" width={280}>
      <Menu.Item onClick={() => onChoose(null)}>{t('usual', { title })}</Menu.Item>
      {audiences.map(audience => (
        <Group
          key={audience}
          label={t(`audience.${audience}`)}
          views={views.filter(view => view.audience === audience)}
          onChoose={onChoose}
        />
      ))}
      <Menu.Divider />
      <Menu.Item onClick={onSave} disabled={!altered}>
        {t('save.open')}
      </Menu.Item>
      {current?.mayChange && altered ? (
        <Menu.Item onClick={() => change.mutate({ params: { id: current.id }, body: kept })}>
          {t('change', { name: current.name })}
        </Menu.Item>
      ) : null}
      {current?.mayChange ? (
        <Menu.Item color="red" onClick={() => remove.mutate({ params: { id: current.id } })}>
          {t('remove', { name: current.name })}
        </Menu.Item>
      ) : null}
    </MenuFrame>
  );
}

type GroupProps = { label: string; views: SavedView[]; onChoose: (view: SavedView) => void };

function Group({ label, views, onChoose }: GroupProps) {
  if (views.length === 0) return null;
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      {views.map(view => (
        <Menu.Item key={view.id} onClick={() => onChoose(view)}>
          {view.name}
        </Menu.Item>
      ))}
    </>
  );
}
