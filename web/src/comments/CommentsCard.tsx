// What colleagues say about a record, newest first, under the place to say something.
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { CommentBox } from './CommentBox.tsx';
import { CommentItem } from './CommentItem.tsx';
import css from './comments.module.css';
import type { Subject } from './MentionField.tsx';

export function CommentsCard({ subject, writable }: { subject: Subject; writable: boolean }) {
  const { t } = useWords('comments');
  const { type: object, id } = subject;
  const query = useInfiniteQuery({
    queryKey: ['comments', object, id],
    queryFn: ({ pageParam: after, signal }) =>
      api('GET /comments', { query: { object, id, limit: 30, ...(after ? { after } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const items = query.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <Card title={t('title')} flush>
      {writable ? <CommentBox key={id} subject={subject} /> : null}
      {query.isPending ? <LoadingRows rows={2} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && items.length === 0 ? <p className={css.none}>{t('none')}</p> : null}
      <ol className={css.list}>
        {items.map(comment => (
          <li key={comment.id}>
            <CommentItem comment={comment} />
          </li>
        ))}
      </ol>
      {query.hasNextPage ? (
        <div className={css.more}>
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('more')}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
