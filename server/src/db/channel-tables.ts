// The tables of the channels: further addresses of people, recoveries, messages in one's own words.
import type { ColumnType, Generated } from 'kysely';
import type { Nullable, NullableTime, Timestamp } from './columns.ts';

export type ChannelTables = {
  contact_points: {
    workspace_id: string;
    id: string;
    person_id: string;
    kind: 'email' | 'sms';
    value: string;
    purpose: 'primary' | 'backup';
    verified_at: NullableTime;
    code_hash: Nullable<Buffer>;
    code_misses: Generated<number>;
    code_expires_at: NullableTime;
    created_at: Timestamp;
  };
  recoveries: {
    workspace_id: string;
    flow_hash: Buffer;
    person_id: string;
    via: 'email' | 'sms';
    stop_hash: Buffer;
    address: string;
    device: string;
    begun_at: Timestamp;
    proved_at: NullableTime;
    factor: Nullable<string>;
    factor_at: NullableTime;
    answered_at: NullableTime;
    done_at: NullableTime;
    stopped_at: NullableTime;
  };
  message_templates: {
    workspace_id: string;
    channel: 'email' | 'sms';
    template: string;
    language: string;
    subject: string;
    paragraphs: ColumnType<string[], string[], string[]>;
    changed_at: Timestamp;
    changed_by: Nullable<string>;
  };
};
