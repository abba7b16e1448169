// A rule in one sentence.
import type { Translate } from '../words.ts';
import { type ActionForm, formOf, type Input, type RuleForm, type TestForm } from './form.ts';
import type { Names } from './use-names.ts';

function whenWords(form: RuleForm, t: Translate, names: Names): string {
  const what = t(`object.${form.object}`);
  switch (form.event) {
    case 'added': {
      const ways = form.through.map(way => t(`way.${way}`)).join(t('or'));
      return t('when.added', { what, ways });
    }
    case 'changed':
      return form.field
        ? t('when.changed', { what, field: names.fieldName(form.object, form.field) })
        : t('when.changed-any', { what });
    case 'stage':
      return t('when.stage', { stage: names.stage(form.stage) });
    case 'idle':
      return t('when.idle', { what, count: Number(form.days) });
    case 'date': {
      const field = names.fieldName(form.object, form.field);
      if (Number(form.days) === 0) return t('when.on', { what, field });
      return t(`when.${form.side}`, { what, field, count: Number(form.days) });
    }
  }
}

function testWords(form: RuleForm, test: TestForm, t: Translate, names: Names): string {
  const field = names.fieldName(form.object, test.field);
  const value = test.value
    .split(', ')
    .map(one => names.valueName(form.object, test.field, one))
    .join(t('or'));
  return t(`test.${test.op}`, { field, value });
}

function actionWords(form: RuleForm, action: ActionForm, t: Translate, names: Names): string {
  const people = action.people.map(names.person).join(t('joint'));
  switch (action.kind) {
    case 'assign':
      if (action.tableField)
        return t('then.table', { field: names.fieldName(form.object, action.tableField) });
      return action.people.length > 1 ? t('then.turns', { people }) : t('then.assign', { people });
    case 'task': {
      const person = action.whom === 'owner' ? t('whom.owner') : names.person(action.whom);
      return t('then.task', { person, title: action.words });
    }
    case 'notify': {
      const whom = [
        ...(action.owner ? [t('whom.owner')] : []),
        ...(action.manager ? [t('whom.manager')] : []),
        ...action.people.map(names.person),
      ];
      return t('then.notify', { people: whom.join(t('joint')) });
    }
    case 'set': {
      const field = names.fieldName(form.object, action.field);
      if (action.field === 'nextFollowUpAt' || action.field === 'expectedOn')
        return t('then.later', { field, count: Number(action.days) });
      if (action.value === '') return t('then.clear', { field });
      return t('then.set', { field, value: names.valueName(form.object, action.field, action.value) });
    }
    case 'move':
      return t('then.move', { stage: names.stage(action.target) });
    case 'tag':
      return action.words ? t('then.tag', { tags: action.words }) : t('then.untag', { tags: action.value });
    case 'pool':
      return t('then.pool');
    case 'webhook':
      return t('then.webhook', {
        hook: names.hooks.find(hook => hook.value === action.target)?.label ?? '…',
      });
  }
}

/** When it acts, on what, and what it does. */
export function sentenceOf(rule: Input, t: Translate, names: Names): string {
  const form = formOf(rule);
  const tests = form.tests.map(test => testWords(form, test, t, names));
  if (form.groups.length > 0) tests.push(t('test.more'));
  const when = whenWords(form, t, names);
  const what = form.actions.map(action => actionWords(form, action, t, names)).join(t('joint-then'));
  if (tests.length === 0) return t('sentence', { when, what });
  return t('sentence-if', { when, what, tests: tests.join(t(form.match === 'all' ? 'and' : 'or-else')) });
}
