// The shape of every table as the server sees it; timestamps travel as ISO 8601 text in UTC.
import type { ColumnType, Generated } from 'kysely';
import type { AccountsTables } from './accounts-tables.ts';
import type { AnalysisTables } from './analysis-tables.ts';
import type { AutomationTables } from './automation-tables.ts';
import type { ChannelTables } from './channel-tables.ts';
import type { GeneratedTime, Json, Nullable, NullableJson, NullableTime, Timestamp } from './columns.ts';
import type { CrmTables } from './crm-tables.ts';
import type { CustomFieldsTables } from './custom-fields-tables.ts';
import type { DealsTables } from './deals-tables.ts';
import type { DeskTables } from './desk-tables.ts';
import type { DuplicatesTables } from './duplicates-tables.ts';
import type { LeadsTables } from './leads-tables.ts';
import type { OrdersTables } from './orders-tables.ts';
import type { PoolTables } from './pool-tables.ts';
import type { RightsTables } from './rights-tables.ts';
import type { SearchTables } from './search-tables.ts';
import type { SupportTables } from './support-tables.ts';
import type { TasksTables } from './tasks-tables.ts';
import type { TeamTables } from './team-tables.ts';
import type { ViewsTables } from './views-tables.ts';

export type { Timestamp } from './columns.ts';
export type { ActivityKind, CustomerStage, ImportState, IntakeState } from './crm-tables.ts';

export type Role = 'administrator' | 'manager' | 'rep' | 'auditor';
export type PersonState = 'invited' | 'active' | 'expired' | 'suspended';

export type Database = {
  sample_records: { workspace_id: string; object: string; record_id: string; version: number };
  first_steps: { workspace_id: string; person_id: string; closed_at: Timestamp };
  workspace_directory: { workspace_id: string; slug: string; created_at: GeneratedTime };
  workspaces: {
    workspace_id: string;
    name: string;
    language: Generated<string>;
    /** Null: by the language. */
    time_zone: Nullable<string>;
    offline_hours: Generated<number>;
    lock_policy: ColumnType<unknown, string | undefined, string>;
    demo: Generated<boolean>;
    created_at: GeneratedTime;
  };
  teams: { workspace_id: string; id: string; name: string; manager_id: Nullable<string> };
  people: {
    workspace_id: string;
    id: string;
    sign_in_name: string;
    email: string;
    email_verified_at: NullableTime;
    phone: Nullable<string>;
    name: string;
    role: Role;
    /** The further role that somebody has; `role` is its base. */
    role_id: Nullable<string>;
    team_id: Nullable<string>;
    language: Generated<string>;
    state: ColumnType<PersonState, PersonState | undefined, PersonState>;
    password_hash: Nullable<string>;
    password_set_at: NullableTime;
    screened_with: Nullable<string>;
    listed_mass: Generated<number>;
    listed_mass_at: Generated<number>;
    void_before: GeneratedTime;
    initial_until: NullableTime;
    initial_used_at: NullableTime;
    ends_at: NullableTime;
    verify_by: NullableTime;
    asks_factor: Generated<boolean>;
    created_at: GeneratedTime;
    updated_at: GeneratedTime;
    version: Generated<number>;
  };
  devices: {
    workspace_id: string;
    id: string;
    person_id: string;
    browser_hash: Buffer;
    label: string;
    address: Nullable<string>;
    created_at: GeneratedTime;
    last_seen_at: GeneratedTime;
    revoked_at: NullableTime;
  };
  sessions: {
    workspace_id: string;
    id: string;
    token_hash: Buffer;
    person_id: string;
    device_id: Nullable<string>;
    address: Nullable<string>;
    created_at: Timestamp;
    last_seen_at: Timestamp;
    idle_seconds: number;
    ends_at: Timestamp;
    ended_at: NullableTime;
    ended_why: Nullable<string>;
    held_by: Nullable<string>;
  };
  lanes: {
    workspace_id: string;
    key: Buffer;
    kind: string;
    short_value: number;
    short_at: number;
    long_value: number;
    long_at: number;
    misses: Generated<number>;
    pending: Generated<number>;
    since: NullableTime;
    account: Nullable<Buffer>;
  };
  wrong_marks: {
    workspace_id: string;
    account: Buffer;
    mark: Buffer;
    at: number;
    former: Generated<boolean>;
    source: Nullable<string>;
  };
  attempts: {
    workspace_id: string;
    id: string;
    at: Timestamp;
    account: Buffer;
    person_id: Nullable<string>;
    lane: string;
    verdict: 'wrong' | 'repeated' | 'former' | 'listed' | 'asked';
    source: string;
    device: string;
  };
  stale_clients: {
    workspace_id: string;
    account: Buffer;
    source: string;
    mark: Buffer;
    person_id: Nullable<string>;
    device: string;
    former: boolean;
    first_at: Timestamp;
    last_at: Timestamp;
    times: number;
    told_at: NullableTime;
  };
  sources: { workspace_id: string; source: string; blame: number; at: number };
  touches: { workspace_id: string; account: Buffer; at: number };
  weather: {
    workspace_id: string;
    average: Generated<number>;
    day: string;
    alarm_since: Nullable<number>;
    alarm_until: Nullable<number>;
    auto_defence: Generated<boolean>;
    alarm_told: Generated<boolean>;
    flood_since: Nullable<number>;
    flood_seen: Nullable<number>;
    flood_told: Nullable<number>;
    hidden_visitors_at: Nullable<number>;
  };
  weather_spans: {
    workspace_id: string;
    at: Timestamp;
    counts: ColumnType<Record<string, number>, string, string>;
    sources: Generated<number>;
  };
  defences: {
    workspace_id: string;
    id: string;
    since: Timestamp;
    until: Timestamp;
    reason: string;
    started_by: Nullable<string>;
    ended_at: NullableTime;
    ended_by: Nullable<string>;
  };
  arrivals: {
    workspace_id: string;
    id: string;
    person_id: string;
    session_id: string;
    device_id: string;
    at: Timestamp;
    address: string;
    device: string;
    signals: string[];
    token_hash: Buffer;
    answer: ColumnType<'me' | 'not-me' | null, 'me' | 'not-me' | null | undefined, 'me' | 'not-me' | null>;
    answered_at: NullableTime;
  };
  locks: {
    workspace_id: string;
    id: string;
    subject_kind: 'person' | 'device' | 'network' | 'typed-name' | 'workspace';
    subject_key: string;
    person_id: Nullable<string>;
    cause: string;
    scope: string[];
    since: Timestamp;
    until: NullableTime;
    evidence: Json<Record<string, unknown>>;
    lifted_at: NullableTime;
    lifted_by: Nullable<string>;
    lifted_how: Nullable<string>;
    lifted_reason: Nullable<string>;
    lifted_proof: Nullable<string>;
  };
  codes: {
    workspace_id: string;
    id: string;
    flow_hash: Buffer;
    purpose: string;
    person_id: Nullable<string>;
    code_hash: Nullable<Buffer>;
    misses: Generated<number>;
    sent: Generated<number>;
    state: ColumnType<
      'open' | 'proved' | 'consumed' | 'dead',
      'open' | undefined,
      'open' | 'proved' | 'consumed' | 'dead'
    >;
    created_at: Timestamp;
    expires_at: Timestamp;
  };
  messages: {
    workspace_id: string;
    id: string;
    person_id: Nullable<string>;
    channel: 'email' | 'sms';
    recipient: string;
    template: string;
    language: string;
    subject: string;
    body: string;
    code: Nullable<string>;
    else_to: Nullable<string>;
    went_else: Generated<boolean>;
    secret: Generated<boolean>;
    expires_at: NullableTime;
    known: Generated<boolean>;
    state: 'queued' | 'sent' | 'failed' | 'kept';
    attempts: Generated<number>;
    sending_until: NullableTime;
    problem: Nullable<string>;
    created_at: Timestamp;
    sent_at: NullableTime;
  };
  factors: {
    workspace_id: string;
    id: string;
    person_id: string;
    kind: 'totp' | 'passkey' | 'sms-code';
    contact_point_id: Nullable<string>;
    name: string;
    secret: Nullable<string>;
    last_step: Nullable<number>;
    credential_id: Nullable<string>;
    public_key: Nullable<Buffer>;
    counter: Generated<number>;
    transports: ColumnType<string[], string[] | undefined, string[]>;
    backed_up: Generated<boolean>;
    created_at: Timestamp;
    confirmed_at: NullableTime;
    last_used_at: NullableTime;
  };
  recovery_codes: {
    workspace_id: string;
    id: string;
    person_id: string;
    code_hash: Buffer;
    created_at: Timestamp;
    used_at: NullableTime;
  };
  spent_challenges: { workspace_id: string; mark: Buffer; expires_at: Timestamp };
  session_confirmations: {
    workspace_id: string;
    session_id: string;
    at: Timestamp;
    how: string;
    source: Nullable<string>;
    browser: Nullable<Buffer>;
  };
  factor_devices: { workspace_id: string; device_id: string; person_id: string; at: Timestamp };
  factor_choices: { workspace_id: string; person_id: string; ask: boolean };
  factor_policies: {
    workspace_id: string;
    roles: ColumnType<Role[], Role[], Role[]>;
    grace_until: NullableTime;
  };
  audit_entries: {
    workspace_id: string;
    id: string;
    at: Timestamp;
    actor_id: Nullable<string>;
    actor_name: Nullable<string>;
    action: string;
    object_type: Nullable<string>;
    object_id: Nullable<string>;
    address: Nullable<string>;
    device: Nullable<string>;
    correlation_id: Nullable<string>;
    before: NullableJson<Record<string, unknown>>;
    after: NullableJson<Record<string, unknown>>;
    details: NullableJson<Record<string, unknown>>;
    seq: Nullable<number>;
    hash: Nullable<Buffer>;
  };
  familiar_networks: {
    workspace_id: string;
    person_id: string;
    source: string;
    network: string;
    id: string;
    first_at: number;
    seen_at: number;
  };
  trusted_networks: {
    workspace_id: string;
    id: string;
    range: string;
    person_id: Nullable<string>;
    reason: string;
    ends_at: Timestamp;
    created_at: Timestamp;
    created_by: string;
    ended_at: NullableTime;
    ended_by: Nullable<string>;
    ended_why: Nullable<string>;
  };
  audit_heads: { workspace_id: string; seq: number; hash: Buffer };
  idempotency_keys: {
    workspace_id: string;
    owner_id: string;
    key: string;
    fingerprint: Buffer;
    status: number;
    headers: Json<Record<string, string>>;
    body: Nullable<string>;
    at: Timestamp;
  };
  alerts: {
    workspace_id: string;
    id: string;
    kind: string;
    key: string;
    at: Timestamp;
    data: Json<Record<string, string | number | null>>;
    held_back: Generated<number>;
    carried: Generated<number>;
  };
  alert_hooks: {
    workspace_id: string;
    id: string;
    name: string;
    format: 'latchkey' | 'wecom' | 'dingtalk' | 'feishu';
    url: string;
    secret: Nullable<string>;
    kinds: string[];
    own_network: boolean;
    active: Generated<boolean>;
    created_by: Nullable<string>;
    created_at: Timestamp;
    last_ok_at: NullableTime;
    last_problem: Nullable<string>;
    failures: Generated<number>;
    failing_since: NullableTime;
  };
  alert_deliveries: {
    workspace_id: string;
    id: string;
    alert_id: string;
    hook_id: string;
    state: ColumnType<
      'queued' | 'sent' | 'failed',
      'queued' | 'sent' | 'failed' | undefined,
      'queued' | 'sent' | 'failed'
    >;
    attempts: Generated<number>;
    problem: Nullable<string>;
    created_at: Timestamp;
  };
  alert_settings: { workspace_id: string; quiet_minutes: number };
  alert_switches: { workspace_id: string; person_id: string; off: string[] };
} & AccountsTables &
  AnalysisTables &
  ChannelTables &
  DealsTables &
  CustomFieldsTables &
  DeskTables &
  LeadsTables &
  PoolTables &
  DuplicatesTables &
  RightsTables &
  CrmTables &
  OrdersTables &
  AutomationTables &
  SearchTables &
  SupportTables &
  TasksTables &
  TeamTables &
  ViewsTables;
