// The kinds of follow-up as icons.
import {
  IconCalendarEvent,
  IconMail,
  IconMapPin,
  IconMessageCircle,
  IconNote,
  IconPhone,
} from '@tabler/icons-react';
import type { Kind } from './form.ts';

export const kindIcons: Record<Kind, typeof IconPhone> = {
  call: IconPhone,
  visit: IconMapPin,
  meeting: IconCalendarEvent,
  message: IconMessageCircle,
  email: IconMail,
  note: IconNote,
};
