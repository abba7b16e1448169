// Values of fields in words: times as times, people as names, codes as the words of their own room.
import { dateTime } from '../formats.ts';
import type { Translate } from '../words.ts';
import type { NameOf } from './sentences.ts';

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Fields whose names have words of their own; others are shown as they stand. */
export const knownFields = new Set(
  'name company status unqualifiedReason unqualifiedRemark score lead phone email website industry source level stage address city remark tags owner ownerId owner_id nextFollowUpAt lastActivityAt title wechat isPrimary customerId contactId kind left roles graceUntil body at nextStep nextAt role state preset failures minutes laneKnownDevice laneFamiliarNetwork laneStrangers laneAlarm measureNewDevice measureAbnormal cause since until reason proof how why lane misses count first last addresses person session device newDevice route fileName rows created updated skipped failed deletedAt createdAt object filters taken mapping options total done removed kept complete template contact customer customerName activity to sessions customers contacts activities importId import amount currency probability expectedOn lostReason wonReason lostRemark isDefault stages deals encoding help askedBy approvedBy request heldBy factor permission reach wish teamId endsAt least classes history rotationDays record ownWords number code unit category description taxRate price active prices validFrom validTo customerLevel paid receivedOn taxIncluded issuedOn validUntil deliveryOn terms instalments lines deal note priority dueOn dueAt remindBefore repeat about'.split(
    ' ',
  ),
);

/** Codes that have words in the log's `code` list. */
export const knownCodes = new Set(
  'lift initial-password unlock-code send-reset ticket reset-factors end-sessions verify-again suspend resume chat desk desk-code password-reset password-initial server active administrator alarm auditor ask-proof custom tell-owner totp passkey recovery-code counter balanced break-glass call call-back calm classic contact contacted customer device-revoked document email email-code ended-by-owner expired failed-attempts familiarNetwork in-person interested invited knownDevice lost manager meeting message negotiating new note password password-changed password-recovered prove recovery rep set-up signed-in-again signed-out strangers strict suspended time typed-name video visit won qualified unqualified converted no-need no-budget no-reply wrong-person competitor not-serious draft sent accepted declined confirmed delivered closed cancelled quote order'.split(
    ' ',
  ),
);

export function fieldWords(field: string, t: Translate): string {
  return knownFields.has(field) ? t(`field.${field}`) : field;
}

/** One value as a reader wants it. */
export function valueWords(value: unknown, t: Translate, nameOf: NameOf): string {
  if (value === null || value === undefined || value === '') return t('changes.none');
  if (typeof value === 'boolean') return t(value ? 'changes.yes' : 'changes.no');
  if (typeof value === 'string') {
    if (isoTime.test(value) && !Number.isNaN(Date.parse(value))) return dateTime(value);
    if (uuid.test(value)) return nameOf(value) ?? value;
    return knownCodes.has(value) ? t(`code.${value}`) : value;
  }
  if (Array.isArray(value)) {
    return value.length === 0
      ? t('changes.none')
      : value.map(one => valueWords(one, t, nameOf)).join(t('changes.joint'));
  }
  if (typeof value === 'object') {
    const named = value as { name?: unknown };
    return typeof named.name === 'string' ? named.name : JSON.stringify(value);
  }
  return String(value);
}
