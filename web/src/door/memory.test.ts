// Where signing in leads: never to another site, whatever the address says.
import { expect, it, vi } from 'vitest';
import { nextAddress } from './memory.ts';

vi.stubGlobal('location', { origin: 'https://crm.example' });

it('follows a path of our own, with its query and fragment', () => {
  expect(nextAddress('?next=%2Fcustomers%2F7%3Ftab%3Dlog%23end')).toBe('/customers/7?tab=log#end');
  expect(nextAddress('')).toBe('/');
});

it('refuses every way of naming another site', () => {
  const foreign = [
    'https://evil.example/',
    '//evil.example/x',
    '/\\evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    'customers',
  ];
  for (const next of foreign) expect(nextAddress(`?next=${encodeURIComponent(next)}`), next).toBe('/');
});
