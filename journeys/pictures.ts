// The pictures of the product that are kept in git: `SCREENSHOTS=1 npx vitest run --config journeys/vitest.config.ts`.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { farewell, type Language, openBrowser, type Person, type Size, visitor } from './stage/browser.ts';
import { enter, guessUntilLocked } from './stage/door.ts';
import { picture } from './stage/eyes.ts';
import { doors, pages, type Stop } from './stage/tour.ts';

const looks: [Size, Language][] = [
  ['phone', 'zh-CN'],
  ['phone', 'en'],
  ['desk', 'zh-CN'],
  ['desk', 'en'],
];

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function take(stops: Stop[], names: string[], person: Person): Promise<void> {
  const { size, language } = person.as;
  for (const name of names) {
    await stops.find(stop => stop.name === name)?.go(person);
    await picture(person.page, `${size}-${language}/${name}`);
  }
  await farewell(person);
}

it('a morning’s work goes before', aMorning);

it.each(looks)('pictures within on a %s in %s', async (size, language) => {
  const admin = await visitor(browser, { size, language });
  await enter(admin, 'admin@demo.test');
  await take(pages, ['log', 'customers', 'customer', 'import'], admin);
});

// Later, since the guesses that lead there would fill the log.
it.each(looks)('pictures at the door on a %s in %s', async (size, language) =>
  take(doors, ['sign-in', 'locked'], await visitor(browser, { size, language })),
);

/** Some work on this very day, so that the log has something to tell. */
async function aMorning(): Promise<void> {
  const at = async (name: string, language: Language) => {
    const person = await visitor(browser, { size: 'desk', language });
    await enter(person, name);
    return person;
  };
  const manager = await at('manager@demo.test', 'zh-CN');
  const rep = await at('rep@demo.test', 'zh-CN');
  const admin = await at('admin@demo.test', 'zh-CN');

  const fair = '客户名称,城市\n桐乡濮院羊绒有限公司,桐乡\n台州椒江缝纫机有限公司,台州\n,温州\n';
  const uploaded = await rep.context.request.post(
    `/api/v1/imports?object=customer&fileName=${encodeURIComponent('展会名单.csv')}`,
    { headers: { 'content-type': 'text/csv' }, data: Buffer.from(fair) },
  );
  const { id } = await uploaded.json();
  await told(rep, `/imports/${id}/start`);
  const state = async () => (await rep.context.request.get(`/api/v1/imports/${id}`)).json();
  await expect.poll(async () => (await state()).state).toBe('done');

  const { items: customers } = await asked(rep, '/customers?limit=2&stage=contacted&sort=-createdAt');
  const [first, second] = customers.map(customer => customer.id);
  const nextAt = new Date(Date.now() + 86_400_000).toISOString();
  await told(rep, '/activities', { customerId: first, kind: 'call', body: '确认了样品数量。', nextAt });
  await told(manager, '/activities', { customerId: second, kind: 'note', body: '价格已批准，可以报。' });

  const stranger = await visitor(browser, { size: 'phone', language: 'en' });
  await guessUntilLocked(stranger, 'rep2@demo.test');
  const { items: locks } = await asked(admin, '/locks?standing=true');
  await told(admin, `/locks/${locks[0]?.id}/lift`, { reason: '本人来电，新换电脑', proof: 'call-back' });
  await farewell(manager, rep, stranger, admin);
}

type Listed = { items: { id: string }[] };

async function asked(person: Person, path: string): Promise<Listed> {
  return (await person.context.request.get(`/api/v1${path}`)).json();
}

async function told(person: Person, path: string, data?: object): Promise<void> {
  const reply = await person.context.request.post(`/api/v1${path}`, {
    headers: { 'content-type': 'application/json' },
    ...(data ? { data } : {}),
  });
  expect(reply.ok(), `${path}: ${await reply.text()}`).toBe(true);
}
