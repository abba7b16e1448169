// Pipelines for administrators: which there are, and one of them in a sheet to be shaped.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Card, Page } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import css from './deals.module.css';
import { PipelineForm } from './PipelineForm.tsx';
import { ReasonsCard } from './ReasonsCard.tsx';
import { usePipelines } from './use-pipelines.ts';

export default function PipelinesPage() {
  const { t } = useWords('deals');
  const sheet = useSheet();
  const { query, pipelines } = usePipelines();
  const edited = pipelines.find(pipeline => pipeline.id === sheet.name);
  return (
    <Page
      title={t('pipelines.title')}
      lead={t('pipelines.words')}
      back={{ to: '/deals', label: t('title') }}
      width="reading"
      actions={
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => sheet.open('new')}>
          {t('pipelines.add')}
        </Button>
      }
    >
      {query.isPending ? <LoadingRows /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {pipelines.map(pipeline => (
        <Card
          key={pipeline.id}
          title={
            <>
              {pipeline.name}
              {pipeline.isDefault ? <span className={css.count}>{t('pipelines.default')}</span> : null}
            </>
          }
          aside={
            <Button variant="subtle" onClick={() => sheet.open(pipeline.id)}>
              {t('pipelines.edit')}
            </Button>
          }
        >
          <ol className={css.shape}>
            {pipeline.stages.map(stage => (
              <li key={stage.id}>
                <span className={css.mark} data-kind={stage.kind}>
                  {stage.name}
                </span>
                <span className={css.quiet}>
                  {[
                    t('chance', { percent: stage.probability }),
                    stage.ageingDays === null ? '' : t('pipelines.ages', { count: stage.ageingDays }),
                    stage.requiredFields.map(field => t(`field.${field}`)).join(t('joint')),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ol>
        </Card>
      ))}
      <ReasonsCard />
      <Sheet
        opened={sheet.is('new') || edited !== undefined}
        onClose={sheet.close}
        title={t(edited ? 'pipelines.edit-title' : 'pipelines.add')}
        wide
      >
        <PipelineForm
          key={edited?.id ?? 'new'}
          pipeline={edited ?? null}
          pattern={pipelines[0] ?? null}
          onDone={sheet.close}
        />
      </Sheet>
    </Page>
  );
}
