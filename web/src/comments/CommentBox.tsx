// Writing a comment: one line until one begins, @ for colleagues, words kept until they are sent (L42).
import { Button } from '@mantine/core';
import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { DraftNote } from '../ui/DraftNote.tsx';
import { Form } from '../ui/ime.tsx';
import { PlainButton } from '../ui/plain.tsx';
import { LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { Comment } from './CommentItem.tsx';
import css from './comments.module.css';
import { FollowButton } from './FollowButton.tsx';
import { MentionField, type Subject, usePeople } from './MentionField.tsx';
import { mentionsIn } from './mention.ts';

type Words = { body: string; picked: Record<string, string> };

/** What is read anew after a comment was written at a record. */
export function renewed(subject: Subject): QueryKey[] {
  const room = `${subject.type}s`;
  return [
    ['comments', subject.type, subject.id],
    ['follows', subject.type, subject.id],
    [room, subject.id, 'timeline'],
  ];
}

/** A new comment, or with `comment` the editing of one. */
export function CommentBox({
  subject,
  comment,
  onDone,
}: {
  subject: Subject;
  comment?: Comment;
  onDone?: () => void;
}) {
  const { t, language } = useWords('comments');
  const queries = useQueryClient();
  const picks = comment?.mentions.map(({ id, name }) => [name, id]) ?? [];
  const start: Words = { body: comment?.body ?? '', picked: Object.fromEntries(picks) };
  const draft = useDraft(comment ? `comment:${comment.id}` : `comment:${subject.type}:${subject.id}`, start);
  const [begun, setBegun] = useState(false);
  const open = begun || draft.value.body !== '';
  const people = usePeople(subject, open);
  const known = [...people.met, ...Object.entries(draft.value.picked).map(([name, id]) => ({ id, name }))];
  const written = (unreached: { name: string }[]) => {
    draft.discard();
    setBegun(false);
    const names = unreached.map(one => one.name).join(language === 'zh-CN' ? '、' : ', ');
    toast(names ? t('unreached', { names, count: unreached.length }) : t('sent'));
    onDone?.();
    return Promise.all(renewed(subject).map(queryKey => queries.invalidateQueries({ queryKey })));
  };
  const add = useWrite('POST /comments', {
    onDone: async ({ body }) => void (await written(body.unreached)),
  });
  const change = useWrite('PATCH /comments/{id}', {
    onDone: async ({ body }) => void (await written(body.unreached)),
  });
  // What is typed before the kept draft is read would be overwritten by it.
  if (!draft.ready) return <LoadingRows rows={1} />;
  const { body, picked } = draft.value;
  const isEmpty = body.trim() === '';
  function submit() {
    if (isEmpty) return;
    const mentions = mentionsIn(body, known, picked).slice(0, 20);
    if (comment)
      change.mutate({
        params: { id: comment.id },
        body: { body, mentions },
        ifMatch: `"v${comment.version}"`,
      });
    else add.mutate({ body: { object: subject.type, objectId: subject.id, body, mentions } });
  }
  return (
    <Form onSubmit={submit} className={css.box} aria-label={comment ? t('edit') : t('new')}>
      <MentionField
        label={comment ? t('edit') : t('new')}
        value={body}
        open={open}
        people={people.found}
        onAsk={people.look}
        onFocus={() => setBegun(true)}
        onValue={text => draft.set({ body: text })}
        onPick={person => draft.set({ picked: { ...picked, [person.name]: person.id } })}
      />
      <ProblemNote error={add.error ?? change.error} />
      <div className={css.send}>
        {open ? (
          <Button type="submit" disabled={isEmpty} loading={add.isPending || change.isPending}>
            {comment ? t('save') : t('send')}
          </Button>
        ) : null}
        {comment ? (
          <PlainButton
            look="quiet"
            onClick={() => {
              draft.discard();
              onDone?.();
            }}
          >
            {t('cancel')}
          </PlainButton>
        ) : (
          <FollowButton subject={subject} />
        )}
      </div>
      {open && !comment ? <DraftNote draft={draft} /> : null}
    </Form>
  );
}
