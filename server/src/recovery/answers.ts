// Security questions in a recovery: asked after the code was given back, of those who show no second factor, where they are on.
import * as audit from '../audit/audit.ts';
import * as factors from '../factors/factors.ts';
import type { Visitor } from '../http.ts';
import * as questions from '../questions/questions.ts';
import { flowHash } from '../sign-in/flow.ts';
import { whoAsks } from '../sign-in/who.ts';
import { moment, type World } from '../world.ts';
import { standing } from './second.ts';
import * as store from './store.ts';

/**
 * The questions that have still to be answered; null for none. A second factor is worth more than any answer, so whoever
 * has one shows it and is asked nothing.
 */
export async function lacksAnswers(
  world: World,
  recovery: store.Recovery,
): Promise<questions.Question[] | null> {
  if (recovery.answered_at !== null || recovery.factor_at !== null) return null;
  const asked = await questions.askedOf(world, recovery.person_id);
  if (!asked) return null;
  return (await factors.kindsOf(world, recovery.person_id)).length > 0 ? null : asked;
}

/** Checks the answers; their misses never touch the lanes of signing in (L25). */
export async function proveAnswers(
  world: World,
  visitor: Visitor,
  input: { flow: string; answers: readonly string[] },
): Promise<factors.Tried> {
  const at = await standing(world, input.flow);
  const recovery = at && (await store.of(world, flowHash(at.flow)));
  if (!at || !recovery || !(await lacksAnswers(world, recovery))) return { kind: 'dead' };
  const { person, flow } = at;
  return questions.prove(world, visitor, {
    person,
    by: (await whoAsks(world, visitor, flow.name)).by,
    answers: input.answers,
    take: async tx => {
      if (!(await store.answered(tx, flowHash(flow), moment(tx)))) return false;
      await audit.record(tx, {
        action: 'recovery.answers',
        by: person,
        visitor,
        object: { type: 'person', id: person.id },
      });
      return true;
    },
  });
}
