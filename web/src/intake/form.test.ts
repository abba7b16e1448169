// The accepting form: filled from what was recognised, and what of it goes to the server; examples and sites.
import { describe, expect, it } from 'vitest';
import { curlExample, formExample } from './examples.ts';
import { bodyOf, type EntryInFull, faultsOf, formOf, nameOf } from './form.ts';
import { originsIn } from './KeyForm.tsx';

const nothing = {
  company: null,
  person: null,
  title: null,
  phone: null,
  mobile: null,
  email: null,
  wechat: null,
  website: null,
  industry: null,
  city: null,
  address: null,
  message: null,
};
const entry = (found: Partial<typeof nothing> | null, owner: EntryInFull['owner'] = null) =>
  ({ found: found && { ...nothing, ...found }, owner }) as unknown as EntryInFull;
const say = (value: string) => value as unknown as null;

describe('the form of an entry', () => {
  it('makes a contact only beside a company', () => {
    const both = formOf(
      entry({ company: say('Acme'), person: say('Jo'), phone: say('1'), mobile: say('2') }),
      'me',
      () => true,
    );
    expect(both).toMatchObject({
      name: 'Acme',
      phone: '1',
      contactName: 'Jo',
      contactPhone: '2',
      ownerId: 'me',
    });
    const alone = formOf(entry({ person: say('Jo'), phone: say('1'), mobile: say('2') }), 'me', () => true);
    expect(alone).toMatchObject({ name: 'Jo', phone: '2', contactName: '' });
    expect(bodyOf(alone)).toEqual({ customer: { name: 'Jo', phone: '2', ownerId: 'me' } });
    expect(bodyOf({ ...both, ownerId: '', message: ' hi ' })).toEqual({
      customer: { name: 'Acme', phone: '1', ownerId: null },
      contact: { name: 'Jo', title: null, phone: '2', email: null, wechat: null },
      message: 'hi',
    });
  });

  it('begins with the key’s owner while he may own customers', () => {
    const owner = { id: 'o', name: 'O' };
    expect(formOf(entry({}, owner), 'me', id => id === 'o').ownerId).toBe('o');
    expect(formOf(entry({}, owner), 'me', () => false).ownerId).toBe('me');
  });

  it('finds what is wrong, and a name for the list', () => {
    const form = formOf(entry(null), 'me', () => true);
    expect(faultsOf({ ...form, email: 'x', contactPhone: 'call' })).toEqual({
      name: 'missing',
      email: 'email',
      contactPhone: 'phone',
    });
    expect(nameOf(entry({ message: say('first\nsecond') }))).toBe('first');
    expect(nameOf(entry(null))).toBeNull();
  });
});

describe('sites', () => {
  it('are read as origins, one a line or parted by commas', () => {
    expect(originsIn('https://a.example/contact\nwww.b.example， http://c.example:8080')).toEqual([
      'https://a.example',
      'https://www.b.example',
      'http://c.example:8080',
    ]);
    expect(originsIn('')).toEqual([]);
    expect(originsIn('https://')).toBeNull();
    expect(originsIn('ftp://a.example')).toBeNull();
  });
});

it('examples hold the address, and no words can break out of their script', () => {
  const words = {
    name: 'n',
    company: 'c',
    phone: 'p',
    email: 'e',
    message: 'm',
    send: 's',
    thanks: 'it\'s </script> "fine"',
    failed: 'f',
  };
  const form = formExample('https://crm.example/api/v1/intake/k', words);
  expect(form).toContain('action="https://crm.example/api/v1/intake/k"');
  expect(form.match(/<\/script>/g)).toHaveLength(1);
  expect(curlExample('https://crm.example/x')).toContain("'https://crm.example/x'");
});
