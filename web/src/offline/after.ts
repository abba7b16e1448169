// The working set with the writes that wait put over it: each record as it will be, as far as this device can tell.
import { blankFor } from './blank.ts';
import {
  type Activity,
  type Customer,
  kindsByType,
  type Lead,
  type Named,
  nameOf,
  type Row,
  type Session,
  type WorkingSet,
} from './records.ts';
import { changesIn, dueOf, type Fields, kindOf, own, type Waiting, type Write } from './writes.ts';

/** The record as it will be, as far as this device can tell. */
export function recordAfter(
  write: Write & { at: number },
  base: Row,
  set: WorkingSet,
  { user }: Session,
): Row {
  const at = new Date(write.at).toISOString();
  const me = { id: user.id, name: user.name };
  const known = (people: readonly Named[], id: unknown): Named | null =>
    people.find(one => one.id === id) ?? (user.id === id ? me : null);
  const record: Row = { ...base, updatedAt: at };
  for (const [field, value] of Object.entries(changesIn(write))) {
    if (field === 'customerId') record.customer = named(known(set.customers, value));
    else if (field === 'contactId') record.contact = named(known(set.contacts, value));
    else if (field === 'leadId') record.lead = named(known(set.leads, value));
    else if (field === 'about') Object.assign(record, aboutOf(value as About, set));
    else if (field === 'due') Object.assign(record, dueOf(value));
    else if (field === 'ownerId') record.owner = known(set.owners, value);
    else if (field === 'stageId') {
      const pipeline = set.pipelines.find(one => one.stages.some(stage => stage.id === value));
      const stage = pipeline?.stages.find(one => one.id === value);
      if (!pipeline || !stage) continue;
      const { id, name, kind, ageingDays, probability } = stage;
      Object.assign(record, {
        stage: { id, name, kind, ageingDays },
        pipelineId: pipeline.id,
        stageSince: at,
      });
      if (!record.probabilityOwn) record.probability = probability;
    } else if (field.startsWith(own))
      record.custom = { ...(record.custom as Fields | undefined), [field.slice(own.length)]: value };
    else record[field] = value;
  }
  const isDone = write.call === 'POST /tasks/{id}/done';
  if (isDone || write.call === 'POST /tasks/{id}/reopen')
    Object.assign(record, isDone ? { doneAt: at, doneBy: me } : { doneAt: null, doneBy: null });
  return record;
}

const named = (one: Named | null): Named | null => one && { id: one.id, name: one.name };

type About = { type: string; id: string } | null;

/** What a task is about by its name, and the customer that belongs to. */
function aboutOf(about: About, set: WorkingSet): Fields {
  const kind = about && kindsByType[about.type];
  const found =
    kind && (set[kind] as { id: string; customer?: Named | null }[]).find(one => one.id === about.id);
  if (!found) return { about: about && { ...about, name: '' }, customer: null };
  const name = nameOf(found);
  const customer = about.type === 'customer' ? { id: found.id, name } : (found.customer ?? null);
  return { about: { ...about, name }, customer };
}

/** The working set as it is once every waiting write has gone through. */
export function applied(set: WorkingSet, waiting: readonly Waiting[], session: Session): WorkingSet {
  let now = set;
  for (const write of waiting) {
    const kind = kindOf(write);
    const rows = now[kind] as unknown as Row[];
    const id = write.id ?? write.makes ?? '';
    const base = rows.find(one => one.id === id) ?? write.base ?? blankFor(kind, id, write.at, now, session);
    const record = { ...recordAfter(write, base, now, session), version: write.id ? base.version + 1 : 1 };
    now = { ...now, [kind]: [record, ...rows.filter(one => one.id !== id)] };
    if (write.call === 'POST /activities') now = followed(now, record as unknown as Activity);
  }
  return now;
}

/** A follow-up moves the last and next one of its customer or lead, and a new lead on. */
function followed(set: WorkingSet, activity: Activity): WorkingSet {
  const move = <T extends Customer | Lead>(party: T): T => {
    if (party.id !== activity.customer?.id && party.id !== activity.lead?.id) return party;
    const planned = party.nextFollowUpAt;
    const done = planned !== null && planned <= activity.at;
    const reached = 'status' in party && party.status === 'new' && activity.kind !== 'note';
    return {
      ...party,
      ...(reached ? { status: 'contacted' } : {}),
      lastActivityAt: activity.at,
      nextFollowUpAt: activity.nextAt ?? (done ? null : planned),
    };
  };
  return { ...set, customers: set.customers.map(move), leads: set.leads.map(move) };
}
