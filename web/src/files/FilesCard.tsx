// The files of one record: attached, saved to the device, deleted with a way back.
import { ActionIcon, Button, FileButton } from '@mantine/core';
import { IconDownload, IconPaperclip, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { date } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './files.module.css';
import { kinds } from './kinds.ts';
import { type Subject, sizeWords, upload } from './upload.ts';

export function FilesCard({ subject }: { subject: Subject }) {
  const { t } = useWords('files');
  const queries = useQueryClient();
  const [sending, setSending] = useState<{ name: string; percent: number } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { type: object, id: objectId } = subject;
  const queryKey = ['files', object, objectId];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api('GET /files', { query: { object, objectId }, signal }),
  });
  const restore = useWrite('POST /files/{id}/restore', { renews: [queryKey] });
  const remove = useWrite('DELETE /files/{id}', { renews: [queryKey] });
  async function attach(files: File[]) {
    setError(null);
    try {
      for (const file of files) {
        setSending({ name: file.name, percent: 0 });
        await upload({ file, subject, onProgress: percent => setSending({ name: file.name, percent }) });
      }
    } catch (problem) {
      setError(problem);
    }
    setSending(null);
    await queries.invalidateQueries({ queryKey });
  }
  const { items = [], writable = false, megabytes = 0, kinds: only = null } = query.data ?? {};
  return (
    <Card
      title={t('title')}
      flush
      aside={
        writable ? (
          <FileButton multiple onChange={files => void attach(files)}>
            {props => (
              <Button
                {...props}
                variant="subtle"
                loading={sending !== null}
                leftSection={<IconPaperclip size={18} aria-hidden />}
              >
                {t('add')}
              </Button>
            )}
          </FileButton>
        ) : null
      }
    >
      <ProblemNote error={error ?? remove.error ?? restore.error} />
      {sending ? (
        <p className={css.none} role="status">
          {t('sending', { name: sending.name, percent: sending.percent })}
        </p>
      ) : null}
      {query.isPending ? <LoadingRows rows={1} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && items.length === 0 && !sending ? (
        <p className={css.none}>
          {writable
            ? t('none', { megabytes, kinds: (only ?? kinds).map(kind => t(`kind.${kind}`)).join(t('and')) })
            : t('none-read')}
        </p>
      ) : null}
      <ul className={css.list}>
        {items.map(file => (
          <li key={file.id} className={css.item}>
            <span className={css.what}>
              <span className={css.name}>{file.name}</span>
              <span className={css.quiet}>
                {[sizeWords(file.size), file.createdBy.name, date(file.createdAt)].join(' · ')}
              </span>
            </span>
            <ActionIcon
              component="a"
              href={`/api/v1/files/${file.id}/content`}
              download={file.name}
              variant="default"
              aria-label={t('save', { name: file.name })}
            >
              <IconDownload size={18} aria-hidden />
            </ActionIcon>
            {writable ? (
              <ActionIcon
                variant="default"
                aria-label={t('remove', { name: file.name })}
                loading={remove.isPending && remove.variables.params.id === file.id}
                onClick={() =>
                  remove.mutate(
                    { params: { id: file.id } },
                    {
                      onSuccess: () =>
                        toast(t('removed', { name: file.name }), {
                          label: t('undo'),
                          act: () => restore.mutate({ params: { id: file.id } }),
                        }),
                    },
                  )
                }
              >
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
