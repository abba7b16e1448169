// A comment as it is read; its author may change and remove it.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Calls } from '../calls.ts';
import { ago, dateTime } from '../formats.ts';
import { useMe } from '../session.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { CommentBox, renewed } from './CommentBox.tsx';
import css from './comments.module.css';
import { piecesOf } from './mention.ts';

export type Comment = Calls['GET /comments']['reply']['items'][number];

export function CommentItem({ comment }: { comment: Comment }) {
  const { t } = useWords('comments');
  const { user } = useMe();
  const [state, setState] = useState<'read' | 'edit' | 'ask'>('read');
  const remove = useWrite('DELETE /comments/{id}', {
    renews: renewed(comment.object),
    onDone: () => toast(t('removed')),
  });
  const isOwn = comment.author.id === user.id;
  return (
    <article className={css.comment}>
      <Avatar name={comment.author.name} size={36} />
      <div className={css.words}>
        <header className={css.meta}>
          <strong>{comment.author.name}</strong>
          <span className={css.quiet}>
            <time dateTime={comment.createdAt} title={dateTime(comment.createdAt)}>
              {ago(comment.createdAt)}
            </time>
            {comment.editedAt ? ` · ${t('edited')}` : ''}
          </span>
        </header>
        {state === 'edit' ? (
          <CommentBox subject={comment.object} comment={comment} onDone={() => setState('read')} />
        ) : (
          <p className={css.body}>
            {piecesOf(comment.body, comment.mentions).map(piece =>
              piece.person ? (
                <mark
                  key={piece.at}
                  className={css.mention}
                  data-me={piece.person.id === user.id || undefined}
                >
                  {piece.words}
                </mark>
              ) : (
                piece.words
              ),
            )}
          </p>
        )}
        {state === 'ask' ? (
          <div className={css.send}>
            <Button
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate({ params: { id: comment.id } })}
            >
              {t('remove-sure')}
            </Button>
            <Button variant="default" onClick={() => setState('read')}>
              {t('cancel')}
            </Button>
          </div>
        ) : null}
        <ProblemNote error={remove.error} />
      </div>
      {isOwn && state === 'read' ? (
        <Menu position="bottom-end" width={160}>
          <Menu.Target>
            <ActionIcon aria-label={t('menu')}>
              <IconDots size={18} stroke={1.75} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={18} aria-hidden />} onClick={() => setState('edit')}>
              {t('edit')}
            </Menu.Item>
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={18} aria-hidden />}
              onClick={() => setState('ask')}
            >
              {t('remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </article>
  );
}
