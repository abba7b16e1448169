// New people for tests, misses against their names, and the codes they are sent.
import type { Client } from './client.ts';
import { password, type Test } from './harness.ts';

/** What tests about locks do again and again; every person is new, so that no test leans on another. */
export function peopleOf(test: Test, admin: Client) {
  let added = 0;
  let guesses = 0;
  // Another guess every time: the same one again costs no try (L16).
  const miss = (name: string, client = test.client()) =>
    client.post('/session', { name, password: `wrong guess number ${++guesses}` });
  /** The newest invitation sent to that address. */
  const linkTo = async (to: string) => {
    await test.jobs.settle();
    const { items } = (await admin.get(`/outbox?to=${encodeURIComponent(to)}`)).body;
    const letter = items.find((item: { template: string }) => item.template === 'invitation');
    const [, invitation = '', token = ''] = /\/invitation\/([\w-]+)#([\w-]+)/.exec(letter?.body ?? '') ?? [];
    return { invitation, token };
  };
  return {
    miss,
    /** Five misses: the strangers' lane of the usual policy is spent. */
    lock: async (name: string) => {
      for (let i = 0; i < 5; i++) await miss(name);
    },
    person: async (): Promise<{ id: string; email: string }> => {
      await test.fairWeather();
      const email = `person${++added}@example.com`;
      const reply = await admin.post('/people', { name: `Nobody ${added}`, email, role: 'rep', password });
      await test.world.db
        .updateTable('people')
        .set({ email_verified_at: new Date() })
        .where('id', '=', reply.body.id)
        .execute();
      return { id: reply.body.id, email };
    },
    /** Somebody invited, with the parts of the link. */
    invited: async (more: object = {}) => {
      const email = `invited${++added}@example.com`;
      const guest = { name: '王小明', email, role: 'rep', ...more };
      const { id } = (await admin.post('/invitations', guest)).body;
      return { id: id as string, email, ...(await linkTo(email)) };
    },
    linkTo,
    /** The newest code sent to that address, and how many messages there are. */
    latest: async (to: string): Promise<{ code: string; body: string; count: number }> => {
      await test.jobs.settle();
      const { items } = (await admin.get(`/outbox?to=${encodeURIComponent(to)}`)).body;
      const coded = items.find((item: { template: string }) => /code|recovery/.test(item.template));
      return {
        code: /\b(\d{6})\b/.exec(coded?.body ?? '')?.[1] ?? '',
        body: coded?.body ?? '',
        count: items.length,
      };
    },
  };
}

/** A code that is not this one. */
export const otherThan = (code: string) => (code === '000000' ? '000001' : '000000');
