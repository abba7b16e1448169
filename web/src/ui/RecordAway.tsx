// A record's page while the record is not there: on its way, gone, or not to be had now.
import type { UseQueryResult } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { Problem } from '../problem.ts';
import { Card, Page } from './Page.tsx';
import { Failed, LoadingRecord } from './states.tsx';

type RecordAwayProps = {
  query: Pick<UseQueryResult, 'error' | 'isPending' | 'refetch'>;
  /** What such a record is called, and what is said of one that is gone. */
  words: { one: string; gone: string };
  back: NonNullable<ComponentProps<typeof Page>['back']>;
};

export function RecordAway({ query, words, back }: RecordAwayProps) {
  const gone = query.error instanceof Problem && query.error.status === 404;
  return (
    <Page title={gone ? words.gone : words.one} back={back}>
      <Card>
        {query.isPending ? (
          <LoadingRecord />
        ) : (
          <Failed error={query.error} {...(gone ? {} : { onRetry: () => void query.refetch() })} />
        )}
      </Card>
    </Page>
  );
}
