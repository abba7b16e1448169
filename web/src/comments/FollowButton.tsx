// Following a record: hearing of its comments, moves and owners.
import { Button } from '@mantine/core';
import { IconBellCheck, IconBellPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { Subject } from './MentionField.tsx';

export function FollowButton({ subject }: { subject: Subject }) {
  const { t } = useWords('comments');
  const queryKey = ['follows', subject.type, subject.id];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api('GET /follows', { query: { object: subject.type, id: subject.id }, signal }),
  });
  const save = useWrite('PUT /follows', {
    renews: [queryKey],
    onDone: ({ body }) => toast(t(body.following ? 'follow.begun' : 'follow.ended')),
  });
  if (!query.data) return null;
  const following = save.isPending ? save.variables.body.following : query.data.following;
  const Icon = following ? IconBellCheck : IconBellPlus;
  return (
    <Button
      variant="subtle"
      aria-pressed={following}
      leftSection={<Icon size={18} stroke={1.75} aria-hidden />}
      onClick={() =>
        save.mutate({ body: { object: subject.type, objectId: subject.id, following: !following } })
      }
    >
      {t(following ? 'follow.on' : 'follow.off')}
    </Button>
  );
}
