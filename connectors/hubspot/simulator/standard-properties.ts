import { pipelines } from './pipelines.ts';
import type { PropertyDefinition, PropertyGroup, PropertyType } from './property-definitions.ts';
import type { ObjectName } from './records.ts';

/** What HubSpot itself defines, as far as a survey tool can meet it. */
export function standardProperties(object: ObjectName, since: string): PropertyDefinition[] {
  return properties[object].map(({ name, type, fieldType, options = [], readOnly = false, external = false }) => ({
    name,
    label: name,
    type,
    fieldType,
    description: '',
    groupName: object === 'contacts' ? 'contactinformation' : 'ticketinformation',
    options: options.map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false })),
    displayOrder: -1,
    hidden: false,
    formField: !readOnly,
    hasUniqueValue: name === 'email',
    calculated: false,
    externalOptions: external,
    hubspotDefined: true,
    archived: false,
    modificationMetadata: { archivable: false, readOnlyDefinition: true, readOnlyValue: readOnly },
    createdAt: since,
    updatedAt: since,
  }));
}

export const standardGroups: Readonly<Record<ObjectName, readonly PropertyGroup[]>> = {
  contacts: [{ name: 'contactinformation', label: 'Contact information', displayOrder: 0, archived: false }],
  tickets: [{ name: 'ticketinformation', label: 'Ticket information', displayOrder: 0, archived: false }],
};

type Standard = {
  name: string;
  type: PropertyType;
  fieldType: string;
  options?: readonly string[];
  readOnly?: boolean;
  external?: boolean;
};

const text = (name: string): Standard => ({ name, type: 'string', fieldType: 'text' });
const choice = (name: string, options: readonly string[]): Standard => ({
  name,
  type: 'enumeration',
  fieldType: 'select',
  options,
});
const timestamp = (name: string): Standard => ({ name, type: 'datetime', fieldType: 'date' });
const readOnly = (property: Standard): Standard => ({ ...property, readOnly: true });

const flag = (name: string): Standard => ({
  name,
  type: 'bool',
  fieldType: 'booleancheckbox',
  options: ['true', 'false'],
});

const everywhere: readonly Standard[] = [
  readOnly({ name: 'hs_object_id', type: 'number', fieldType: 'number' }),
  readOnly(timestamp('createdate')),
  readOnly(timestamp('hs_lastmodifieddate')),
  readOnly(text('hs_merged_object_ids')),
  readOnly(text('hs_object_source')),
  { name: 'hubspot_owner_id', type: 'enumeration', fieldType: 'select', external: true },
];

const languages =
  'ar bg cs da de el en es et fi fr he hr hu id it ja ko lt lv nl no pl pt pt-br ro ru sk sl sr sv th tr uk vi zh-cn';

const properties: Readonly<Record<ObjectName, readonly Standard[]>> = {
  contacts: [
    ...everywhere,
    text('email'),
    { name: 'hs_additional_emails', type: 'enumeration', fieldType: 'checkbox', external: true },
    text('firstname'),
    text('lastname'),
    text('phone'),
    text('company'),
    choice('hs_language', languages.split(' ')),
    { name: 'hs_timezone', type: 'enumeration', fieldType: 'select', external: true },
    readOnly(flag('hs_email_optout')),
    readOnly(flag('hs_email_bad_address')),
    readOnly(timestamp('lastmodifieddate')),
    readOnly(choice('hs_feedback_last_nps_rating', ['PROMOTER', 'PASSIVE', 'DETRACTOR'])),
    readOnly({ name: 'hs_feedback_last_nps_rating_number', type: 'number', fieldType: 'number' }),
    readOnly(text('hs_feedback_last_nps_follow_up')),
    readOnly(timestamp('hs_feedback_last_survey_date')),
  ],
  tickets: [
    ...everywhere,
    text('subject'),
    { name: 'content', type: 'string', fieldType: 'textarea' },
    choice(
      'hs_pipeline',
      pipelines.map(({ id }) => id),
    ),
    choice(
      'hs_pipeline_stage',
      pipelines.flatMap(({ stages }) => stages.map(({ id }) => id)),
    ),
    choice('hs_ticket_priority', ['LOW', 'MEDIUM', 'HIGH', 'URGENT']),
    choice('hs_ticket_category', ['PRODUCT_ISSUE', 'BILLING_ISSUE', 'FEATURE_REQUEST', 'GENERAL_INQUIRY']),
    { name: 'hubspot_team_id', type: 'enumeration', fieldType: 'select', external: true },
    choice('source_type', ['CHAT', 'EMAIL', 'FORM', 'PHONE']),
    timestamp('closed_date'),
    readOnly(timestamp('first_agent_reply_date')),
    readOnly({ name: 'hs_num_times_contacted', type: 'number', fieldType: 'number' }),
    readOnly(text('hs_conversations_originating_thread_id')),
  ],
};
