// The button that opens the export of a list, or of everything.
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import { type ExportObject, ExportSheet } from './ExportSheet.tsx';

export function ExportButton({
  object,
  filters,
}: {
  object: ExportObject;
  filters?: Record<string, string>;
}) {
  const { t } = useWords('exports');
  const sheet = useSheet();
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={18} aria-hidden />}
        onClick={() => sheet.open('export')}
      >
        {t(object === 'everything' ? 'open-everything' : 'open')}
      </Button>
      <ExportSheet
        object={object}
        opened={sheet.is('export')}
        onClose={sheet.close}
        {...(filters ? { filters } : {})}
      />
    </>
  );
}
