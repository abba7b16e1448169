// The kinds of task as icons.
import { IconCalendarEvent, IconChecklist, IconMail, IconMapPin, IconPhone } from '@tabler/icons-react';
import type { Kind } from './form.ts';

export const kindIcons: Record<Kind, typeof IconPhone> = {
  todo: IconChecklist,
  call: IconPhone,
  meeting: IconCalendarEvent,
  visit: IconMapPin,
  email: IconMail,
};
