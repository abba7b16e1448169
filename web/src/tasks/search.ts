// What of the task list stands in the address.
import { viewKeys } from '../views/view.ts';

export const searchKeys = ['q', 'owner', 'status', 'kind', 'sort', ...viewKeys] as const;
