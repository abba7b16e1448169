// What tests of the desk do again and again: helping, looking, and another administrator.
import type { Client } from '../testing/client.ts';
import { password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';

export const because = { reason: 'called and was known by voice', proof: 'call-back' };

export function deskOf(test: Test, admin: Client) {
  const people = peopleOf(test, admin);
  const act = (client: Client, action: string, ids: string[], more: object = {}) =>
    client.post('/desk/actions', { action, people: ids, ...because, ...more });
  const one = async (client: Client, action: string, id: string, more: object = {}) =>
    (await act(client, action, [id], more)).body.items[0];
  const story = async (id: string) => (await admin.get(`/people/${id}/story`)).body;
  const offered = async (id: string) =>
    (await story(id)).offers
      .filter((offer: { why: string | null }) => offer.why === null)
      .map((offer: { action: string }) => offer.action);
  const entries = async (action: string, id: string) =>
    (await admin.get(`/audit?action=${action}&object=${id}`)).body.items;
  const mails = async (to: string) => {
    await test.jobs.settle();
    const { items } = (await admin.get(`/outbox?to=${encodeURIComponent(to)}`)).body;
    return items as { template: string; body: string; subject: string }[];
  };

  /** Another administrator, with a client that is signed in. */
  const administrator = async (): Promise<{ id: string; email: string; client: Client }> => {
    const made = await people.person();
    await test.world.db
      .updateTable('people')
      .set({ role: 'administrator' })
      .where('id', '=', made.id)
      .execute();
    const client = test.client();
    await client.signIn(made.email, password);
    return { ...made, client };
  };

  const retire = async (id: string) => {
    await test.world.db.updateTable('people').set({ state: 'suspended' }).where('id', '=', id).execute();
  };
  return { people, act, one, story, offered, entries, mails, administrator, retire };
}
