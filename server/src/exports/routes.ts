// The addresses of exports.
import { bind, refuse } from '../http.ts';
import { may } from '../permissions.ts';
import { exportsContract } from './contract.ts';
import * as exports from './exports.ts';

const type = 'text/csv; charset=utf-8';

export const exportsRoutes = bind(exportsContract)({
  'GET /exports/customer.csv': async ({ world, query, me, reach, visitor }) => {
    const { language = visitor.language, ...filters } = query;
    const by = { me, reach, visitor };
    return { status: 200, type, ...(await exports.customersFile(world, filters, by, language)) };
  },
  'GET /exports/contact.csv': async ({ world, query, me, reach, visitor }) => {
    const { language = visitor.language, ...filters } = query;
    const by = { me, reach, visitor };
    return { status: 200, type, ...(await exports.contactsFile(world, filters, by, language)) };
  },
  'POST /exports': async ({ body, me }) => {
    if (may(me, 'export', body.object) === 'none') return refuse('not-allowed');
    const address = `GET /exports/${body.object}.csv` as const;
    const checked = exportsContract[address].query.safeParse(body.filters);
    if (!checked.success) {
      const faults = checked.error.issues.map(issue => ({
        path: ['filters', ...issue.path].join('.'),
        message: issue.message,
      }));
      return refuse('invalid', { members: { faults } });
    }
    const query = new URLSearchParams(body.filters).toString();
    const href = `/api/v1/exports/${body.object}.csv${query ? `?${query}` : ''}`;
    return { status: 201, body: { href }, headers: { location: href } };
  },
});
